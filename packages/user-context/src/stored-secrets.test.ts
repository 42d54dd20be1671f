import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSigningSecrets } from './stored-secrets.ts'

const a = 'a'.repeat(32)
const b = 'b'.repeat(32)
const c = 'c'.repeat(48)

test.each<[state: string, text: string, secrets: object]>([
  ['at rest', `{"current":"${a}"}`, { current: a }],
  ['prepared', `{"current":"${a}","next":"${b}"}`, { current: a, next: b }],
  ['promoted', `{"current":"${b}","previous":"${a}"}`, { current: b, previous: a }],
  ['all three', `{"current":"${a}","next":"${b}","previous":"${c}"}`, { current: a, next: b, previous: c }],
  ['written by a later release', `{"current":"${a}","algorithm":"HS512"}`, { current: a }],
])('stored secrets are read: %s', (_state, text, secrets) => {
  expect(parseSigningSecrets(text)).toEqual({ kind: 'ok', secrets })
})

test.each<[what: string, text: string, refusal: object]>([
  ['plain text', a, { code: 'not_json' }],
  ['nothing', '', { code: 'not_json' }],
  ['a list', `["${a}"]`, { code: 'malformed' }],
  ['null', 'null', { code: 'malformed' }],
  ['text in quotes', `"${a}"`, { code: 'malformed' }],
  ['no current one', `{"next":"${a}"}`, { code: 'malformed', field: 'current' }],
  ['a current one of null', '{"current":null}', { code: 'malformed', field: 'current' }],
  ['a next one that is a number', `{"current":"${a}","next":7}`, { code: 'malformed', field: 'next' }],
  ['a current one of 31 bytes', `{"current":"${'a'.repeat(31)}"}`, { code: 'too_short', field: 'current' }],
  ['an empty previous one', `{"current":"${a}","previous":""}`, { code: 'too_short', field: 'previous' }],
])('stored secrets are refused: %s', (_what, text, refusal) => {
  expect(parseSigningSecrets(text)).toEqual({ kind: 'refused', ...refusal })
})

test('32 bytes are counted as bytes: 11 letters of three bytes each are enough, 10 are not', () => {
  expect(parseSigningSecrets(`{"current":"${'眠'.repeat(11)}"}`).kind).toBe('ok')
  expect(parseSigningSecrets(`{"current":"${'眠'.repeat(10)}"}`).kind).toBe('refused')
})

test('S1: no refusal holds a piece of the secret, whatever is stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 29 }), (letters) => {
      const secret = `~~${letters}`
      for (const text of [secret, JSON.stringify({ current: secret }), JSON.stringify({ current: a, next: secret })]) {
        const parsed = parseSigningSecrets(text)
        expect(parsed.kind).toBe('refused')
        expect(JSON.stringify(parsed)).not.toContain('~')
      }
    }),
  )
})
