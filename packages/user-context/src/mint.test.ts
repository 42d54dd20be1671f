import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { createMinter, MintError } from './mint.ts'
import type { UserContext } from './user-context.ts'
import { createVerifier } from './verify.ts'

const secret = '0123456789abcdef0123456789abcdef'
const noon = 1_800_000_000
const mint = createMinter({ secret, nowSec: () => noon + 0.9 })
const verify = createVerifier({ secrets: { current: secret }, nowSec: () => noon })

const ana: UserContext = {
  saxId: 1386,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  email: 'ana@example.test',
  name: 'Ana',
  roles: ['coordinator', 'manager'],
}

test('a token carries the claims of the contract and whole seconds', async () => {
  const { token, expiresAtSec } = await mint({ ...ana, practiceName: 'Lakeside Sleep' }, 900.7)
  expect(expiresAtSec).toBe(1_800_000_900)
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT', kid: '09b07f3cbfc21849' })
  expect(decodeJwt(token)).toEqual({
    iss: 'sleepconnect',
    aud: 'outreach',
    iat: 1_800_000_000,
    exp: 1_800_000_900,
    sax_id: 1386,
    tenant_id: '00000000-0000-0000-0000-000000000001',
    practice_id: '00000000-0000-0000-0000-000000000020',
    practice_name: 'Lakeside Sleep',
    email: 'ana@example.test',
    name: 'Ana',
    roles: ['coordinator', 'manager'],
  })
})

test.each([{ saxId: 0 }, { saxId: 1.5 }, { tenantId: 'tenant-1' }, { practiceId: '' }])(
  'a context with %j is not minted, for no verifier would take it',
  async (wrong) => {
    await expect(mint({ ...ana, ...wrong }, 900)).rejects.toThrow(new MintError('malformed'))
  },
)

test('C4: a token never grows past what a cookie holds, and the refusal does not quote the name', async () => {
  const long = 'Maximiliana'.repeat(300)
  await expect(mint({ ...ana, name: long }, 900)).rejects.toThrow(/^the user context exceeds 3072 bytes$/)
})

test('C4: the longest names people have still fit, in a script that takes three bytes a letter', async () => {
  const { token } = await mint({ ...ana, name: '李'.repeat(200), practiceName: '眠'.repeat(200) }, 900)
  // RFC 6265 asks browsers to keep 4,096 bytes of a cookie, its name and attributes included.
  expect(Buffer.byteLength(`x-sax-user-context=${token}; Path=/; HttpOnly; SameSite=Lax; Secure`)).toBeLessThan(4096)
  const verdict = await verify([token])
  expect(verdict.kind === 'ok' && verdict.verified.context.name).toBe('李'.repeat(200))
})
