import { expect, test } from 'vitest'
import { isLegacyPair, sameValues, sharedValue } from './distinct-values.ts'

const at = (name: string, field: string) => ({ name, field })

test('two places with one value are found once, and an API key’s SID is no value', () => {
  const secrets = {
    auth0: { clientSecret: 'a' },
    session: { current: 'b', previous: 'c' },
    twilio: { authToken: 'd', apiKeySid: 'a', apiKeySecret: 'c' },
    'user-context': { current: 'e', next: 'f', previous: 'b' },
  }
  expect(sameValues(secrets)).toEqual([
    { first: at('session', 'current'), second: at('user-context', 'previous') },
    { first: at('session', 'previous'), second: at('twilio', 'apiKeySecret') },
  ])
})

test('a next value that is the current one again is found too', () => {
  expect(sameValues({ 'user-context': { current: 'a', next: 'a' } })).toHaveLength(1)
})

test.each([
  [
    'the session secret and the client secret (correction 13)',
    { auth0: { clientSecret: 'a' }, session: { current: 'a' } },
    'session',
  ],
  [
    'the session secret and a signing secret (correction 13)',
    { session: { current: 'a' }, 'user-context': { current: 'b', next: 'a' } },
    'session',
  ],
  [
    'the session secret before and the client secret',
    { auth0: { clientSecret: 'a' }, session: { current: 'b', previous: 'a' } },
    'auth0',
  ],
] as const)('%s may not be one value, whichever is given and whatever is asked for', (_what, secrets, given) => {
  expect(sharedValue(secrets, new Set([given]), true)).toMatch(/^The values of .* are the same: /)
})

test('what nobody has given now is not refused now', () => {
  expect(
    sharedValue({ auth0: { clientSecret: 'a' }, session: { current: 'a' } }, new Set(['twilio']), false),
  ).toBeUndefined()
})

test('the client secret may sign the user context where somebody asks for it, and only then', () => {
  const secrets = { auth0: { clientSecret: 'a' }, 'user-context': { current: 'a' } }
  expect(sameValues(secrets).map(isLegacyPair)).toEqual([true])
  expect(sharedValue(secrets, new Set(['user-context']), true)).toBeUndefined()
  expect(sharedValue(secrets, new Set(['user-context']), false)).toContain('--same-as auth0')
})
