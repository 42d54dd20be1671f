import type { Manifest } from '@sax/release'
import { expect, test } from 'vitest'
import { BuildError } from '../build/build-error.ts'
import { build } from './build.ts'

const manifest = {
  release: '1.2.3-aaaaaaaaaaaa',
  digest: 'b'.repeat(64),
  committed: false,
  functions: [{ role: 'outreach-api', bytes: 2048, unzippedBytes: 10_240, files: 2 }],
  assets: [{ bytes: 1024 }, { bytes: 1024 }],
  migrations: [{}],
  privateFiles: [],
  outputs: [
    { what: 'outreach: favicon', files: 1, went: 'left out', because: 'the function answers it' },
    { what: 'outreach: nothing', files: 0, went: 'left out', because: 'there is none' },
  ],
} as unknown as Manifest

const ports = { build: async () => ({ folder: '/x/out', manifest }), shown: () => 'out' }

test('a person is told what was built, how large it is, and what was left out', async () => {
  const outcome = await build({ json: false }, ports)
  expect(outcome.kind).toBe('done')
  const text = outcome.kind === 'done' ? outcome.text : ''
  expect(text).toContain('1.2.3-aaaaaaaaaaaa, digest bbbbbbbbbbbb, in out')
  expect(text).toMatch(/outreach-api\s+2 kB\s+10 kB\s+2/)
  expect(text).toContain('left out: outreach: favicon, 1 files: the function answers it')
  expect(text).not.toContain('outreach: nothing')
  expect(text).toContain('Sources were changed since the commit')
})

test('a program gets the folder and the whole manifest', async () => {
  const outcome = await build({ json: true }, ports)
  expect(outcome.kind === 'done' && JSON.parse(outcome.text)).toEqual({ folder: '/x/out', manifest })
})

test.each([
  ['contents', 'failed'],
  ['program', 'failed'],
  ['folder', 'bad-input'],
] as const)('a build that is refused for %s is %s', async (code, kind) => {
  const refusing = { ...ports, build: () => Promise.reject(new BuildError(code, 'says why')) }
  expect(await build({ json: false }, refusing)).toMatchObject({ kind, reason: 'says why' })
})

test('a bug of ours is not told as if somebody could do something about it', async () => {
  await expect(build({ json: false }, { ...ports, build: () => Promise.reject(new TypeError('bug')) })).rejects.toThrow(
    'bug',
  )
})
