import { expect, test } from 'vitest'
import { fieldProblems, refusedFields } from './field-problems.ts'

const good = { name: 'Welcome', category: 'welcome', content: 'Hi {{firstName}}', scope: 'private' } as const

test('good fields have no problems', () => {
  expect(fieldProblems(good)).toEqual({})
})

test.each([
  ['a single brace', 'Hi {firstName}', 'Write variables as {{name}}; a single { is not allowed, and 1 more to correct'],
  ['an unclosed variable', 'Hi {{firstName', 'Close the variable with }}'],
  ['nothing', ' ', 'Write the message first'],
])('A11: %s cannot be saved', (_why, content, message) => {
  expect(fieldProblems({ ...good, content })).toEqual({ content: message })
})

test.each([
  ['', 'Give the template a name'],
  ['x'.repeat(101), 'A name holds at most 100 characters'],
  ['cut \ud83d', 'The name ends or breaks in the middle of an emoji. Type that one again'],
])('the name %j is refused', (name, message) => {
  expect(fieldProblems({ ...good, name })).toEqual({ name: message })
})

test('A8: field messages of a refusal are shown only when they are words', () => {
  expect(refusedFields({ fields: { name: 'Taken', content: { code: 'x' }, other: 'y' } })).toEqual({ name: 'Taken' })
  expect(refusedFields(undefined)).toEqual({})
  expect(refusedFields({ fields: 'no' })).toEqual({})
})
