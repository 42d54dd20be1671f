import { verificationPeople } from '@sax/release'
import { createVerifier } from '@sax/user-context/verify'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { verificationToken } from './verification-token.ts'

const secrets = {
  current: 'the secret of now, as long as it must be',
  previous: 'the secret of before, as long as it must be',
}
const noon = 1_800_000_000
const ports = { secrets, nowSec: () => noon }
const verify = createVerifier({ secrets, nowSec: () => noon, clockToleranceSec: 60 })

test.each(['first', 'second', 'administrator'] as const)('a token of the %s person lives a minute', async (of) => {
  const { token, expiresAtSec } = await verificationToken({ sax: 'verification-token', of }, ports)
  expect(expiresAtSec).toBe(1_800_000_060)
  const { saxId, tenantId, roles } = verificationPeople[of]
  expect(await verify([token])).toMatchObject({ kind: 'ok', verified: { context: { saxId, tenantId, roles } } })
})

test.each([
  ['expired', 'expired'],
  ['wrong-audience', 'wrong_audience'],
  ['wrong-issuer', 'untrusted'],
] as const)('a token with the flaw %s is refused as %s', async (flaw, code) => {
  const { token } = await verificationToken({ sax: 'verification-token', of: 'first', flaw }, ports)
  expect(await verify([token])).toEqual({ kind: 'refused', code })
})

test('a flawed token differs from a good one in that one respect', async () => {
  const good = await verificationToken({ sax: 'verification-token', of: 'first' }, ports)
  const flawed = await verificationToken({ sax: 'verification-token', of: 'first', flaw: 'wrong-audience' }, ports)
  expect(decodeProtectedHeader(flawed.token)).toEqual(decodeProtectedHeader(good.token))
  expect(decodeJwt(flawed.token)).toEqual({ ...decodeJwt(good.token), aud: 'not-outreach' })
})
