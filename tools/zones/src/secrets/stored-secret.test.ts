import { expect, test } from 'vitest'
import { parseSecret, secretText } from './stored-secret.ts'

const a = 'k7Jq2mV9xTz4Rb8NwLp3Yc6HdFs5Ga1E'
const hex = '0123456789abcdef0123456789abcdef'
const sid = `SK${hex}`

test.each([
  ['user-context', { current: a, next: a, previous: a }],
  ['session', { current: a }],
  ['auth0', { clientSecret: a }],
  ['twilio', { authToken: hex, previousAuthToken: hex, apiKeySid: sid, apiKeySecret: a }],
] as const)('%s is read as it is written', (name, fields) => {
  expect(parseSecret(name, secretText(name, fields))).toEqual({ kind: 'ok', fields })
})

test('equal fields are equal text, in whatever order they were put together', () => {
  expect(secretText('session', { previous: 'b', current: 'a' })).toBe('{"current":"a","previous":"b"}')
})

test.each([
  ['session', 'plain text', a, 'is no JSON record'],
  ['session', 'a list', `["${a}"]`, 'is no JSON record'],
  ['session', 'nothing', '', 'is no JSON record'],
  [
    'session',
    'a misspelt field',
    `{"current":"${a}","prevoius":"${a}"}`,
    'holds a field that nobody reads; there are current, previous',
  ],
  [
    'session',
    'a next one, which sessions do not have',
    `{"current":"${a}","next":"${a}"}`,
    'holds a field that nobody reads',
  ],
  ['session', 'no current one', `{"previous":"${a}"}`, 'has no current'],
  ['user-context', 'a short next one', `{"current":"${a}","next":"short"}`, 'has a next that is not usable'],
  [
    'auth0',
    'a number',
    '{"clientSecret":12345678901234567890123456789012345}',
    'has a clientSecret that is not usable',
  ],
  [
    'twilio',
    'a key without its secret',
    `{"authToken":"${hex}","apiKeySid":"${sid}"}`,
    'has only one of apiKeySid and apiKeySecret',
  ],
] as const)('%s is refused: %s', (name, _what, text, why) => {
  const parsed = parseSecret(name, text)
  expect(parsed).toEqual({ kind: 'refused', why: expect.stringContaining(why) })
  expect(JSON.stringify(parsed)).not.toMatch(/short|prevoius|k7Jq|0123/)
})
