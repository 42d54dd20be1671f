import { functionRoles } from '@sax/topology'
import { expect, test } from 'vitest'
import { refuseForbidden } from './refuse-forbidden.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const folder = '/folder/of/a/machine'

const packed = (text: string, { role = 'outreach-server', path = 'apps/outreach/.next/server/a.js' } = {}) => ({
  role,
  contents: new Map([[path, bytes(text)]]),
})
const refuse =
  (...args: Parameters<typeof packed>) =>
  () =>
    refuseForbidden([packed(...args)], [folder])

// Put together here, so that no search of the repository finds them whole.
const awsKey = `AKIA${'ABCDEFGHIJKLMNOP'}`
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzYXhfaWQiOjEzODZ9', 'c2lnbmF0dXJlc2lnbmF0dXJl'].join('.')

test.each<[incident: string, what: string, text: string]>([
  ['D6', 'the host of a stage', 'fetch("https://dev.mydreamconnect.com/x")'],
  ['D6', 'the zone’s own name in production', 'const base = "outreach.dreamconnect.health"'],
  ['D6', 'an alias of a stage', '"outreach.mydreamconnect.com"'],
  ['D6', 'the backend of a stage', '`https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev`'],
  ['D6', 'a function of a stage', 'sax-lambda-us-east-1-0x-p-outreach-server_production'],
  ['D6', 'a bucket of a stage', 'sax-nextjs-us-east-1-develop-outreach-assets'],
  ['D6', 'an account', 'arn:aws:lambda:us-east-1:111122223333:function:x'],
  ['S3', 'a switch around sign-in', 'if (process.env.DISABLE_AUTH) return true'],
  ['S3', 'another spelling of it', 'skipAuthentication: true'],
  ['S3', 'a made-up person', 'const mockUser = {}'],
  ['S3', 'a folder of the machine', `from("${folder}/src/x.ts")`],
])('%s: %s in a package stops the release', (_incident, _what, text) => {
  expect(refuse(text)).toThrow('The release would hold what it must not')
})

test.each(functionRoles)('D6: the name of a stage stops the release in whichever function it is: %s', (role) => {
  expect(refuse('x="outreach-dev.mydreamconnect.com"', { role, path: 'index.mjs' })).toThrow(
    `${role}: index.mjs: a stage's own name or address (outreach-dev.mydreamconnect.com)`,
  )
})

test.each<[what: string, text: string]>([
  ['an access key', awsKey],
  ['a token', jwt],
  ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----\n${'A'.repeat(64)}`],
  ['a key of Twilio', `SK${'0123456789abcdef'.repeat(2)}`],
])('%s stops the release, and the refusal does not show it', (_what, text) => {
  const said = (() => {
    try {
      refuse(`x = "${text}"`)()
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  })()
  expect(said).toContain('not shown')
  expect(said).not.toContain(text)
})

test.each<[what: string, ...args: Parameters<typeof packed>]>([
  ['a name that only looks like a stage’s', 'https://dev.mydreamconnect.community'],
  ['a package’s own words', 'skipAuth()', { path: 'node_modules/x/index.js' }],
  ['the form of a key, without one', '"-----BEGIN PRIVATE KEY-----"'],
])('%s is nothing to stop for', (_what, ...args) => {
  expect(refuse(...args)).not.toThrow()
})

test.each(['.env', 'notes.md', 'core.dump', 'apps/outreach/src/page.tsx', 'server.key'])(
  'B5: %s is no kind of file that is shipped',
  (path) => {
    expect(refuse('x', { path })).toThrow('a kind of file that is not shipped')
  },
)

test('nothing published reads a secret: code of the server stays there', () => {
  const asset = { file: 'assets/outreach/a.js' }
  const content = bytes('e({AUTH0_CLIENT_SECRET:r})')
  expect(() => refuseForbidden([{ asset, content }], [])).toThrow('code that reads a secret (AUTH0_CLIENT_SECRET)')
})

test('B5: nothing published says where a source map lies', () => {
  const asset = { file: 'assets/outreach/a.js' }
  expect(() => refuseForbidden([{ asset, content: bytes('a()\n//# sourceMappingURL=a.js.map') }], [])).toThrow(
    'the address of a source map',
  )
})
