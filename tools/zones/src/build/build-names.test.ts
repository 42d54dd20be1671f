import { expect, test } from 'vitest'
import { replaced, replacements, reproducibleSettings } from './build-names.ts'

const preview = {
  previewModeId: '0'.repeat(32),
  previewModeSigningKey: '1'.repeat(64),
  previewModeEncryptionKey: '2'.repeat(64),
}
const digest = 'd'.repeat(64)
const change = (text: string, path = 'a.json') =>
  Buffer.from(replaced(path, Buffer.from(text), replacements(preview, '/made/here', digest))).toString()

test('keys that a build makes anew come out the same for the same sources', () => {
  const changed = JSON.parse(change(JSON.stringify({ preview })))
  expect(changed.preview.previewModeSigningKey).toMatch(/^(?!1+$)[0-9a-f]{64}$/)
  expect(changed.preview.previewModeEncryptionKey).toMatch(/^(?!2+$)[0-9a-f]{64}$/)
  expect(change(JSON.stringify({ preview }))).toBe(change(JSON.stringify({ preview })))
})

test('R11: no header and no cookie can spell the id that leads past the proxy', () => {
  const { previewModeId } = JSON.parse(change(JSON.stringify(preview)))
  expect(previewModeId).toBe('\ud800')
  expect(() => encodeURIComponent(previewModeId)).toThrow(URIError)
  expect(() => new Headers({ 'x-prerender-revalidate': previewModeId })).toThrow(TypeError)
})

test('the folder of the build is named nowhere', () => {
  expect(change('{"appDir":"/made/here/apps/outreach"}')).toBe('{"appDir":"/release/apps/outreach"}')
})

test('what is no text stays as it is, byte for byte', () => {
  const bytes = Buffer.concat([Buffer.from([255, 254, 0]), Buffer.from('0'.repeat(32))])
  expect(replaced('font.woff2', bytes, replacements(preview, '/made/here', digest))).toBe(bytes)
})

test('a build is named after the release, and has the key of its sources', () => {
  const { SAX_BUILD_ID, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = '' } = reproducibleSettings('1.2.3-aaaaaaaaaaaa', digest)
  expect(SAX_BUILD_ID).toBe('1.2.3-aaaaaaaaaaaa')
  expect(Buffer.from(NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, 'base64').length).toBe(32)
})
