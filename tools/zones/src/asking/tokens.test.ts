import type { TokenFlaw } from '@sax/probes'
import type { UserContextRefusal } from '@sax/user-context'
import { createVerifier } from '@sax/user-context/verify'
import { expect, test } from 'vitest'
import { createTokenMaker } from './tokens.ts'

const secret = 'a-secret-of-this-test-with-32-bytes'
const nowSec = () => 1_800_000_000
const context = {
  saxId: 1386,
  tenantId: '00000000-0000-0000-0000-000000000001',
  practiceId: '00000000-0000-0000-0000-000000000020',
  email: 'a@example.test',
  name: 'A',
  roles: ['coordinator'] as const,
}
const make = createTokenMaker(secret, nowSec)
const verify = createVerifier({ secrets: { current: secret }, nowSec })

test('a token without a flaw is accepted', async () => {
  expect((await verify([await make(context)])).kind).toBe('ok')
})

test.each<[flaw: TokenFlaw, code: UserContextRefusal]>([
  ['forged', 'untrusted'],
  ['edited', 'untrusted'],
  ['expired', 'expired'],
  ['alg-none', 'untrusted'],
  ['wrong-audience', 'wrong_audience'],
  ['wrong-issuer', 'untrusted'],
  ['truncated', 'untrusted'],
])('a token that is %s has that flaw and no other: refused as %s', async (flaw, code) => {
  expect(await verify([await make(context, flaw)])).toEqual({ kind: 'refused', code })
})
