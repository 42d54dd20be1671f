import { templates } from '@sax/sample-data'
import { expect, test } from 'vitest'
import { checkContent } from './template-text.ts'

test('content that the parser accepts comes with its variables, each once, in order', () => {
  expect(checkContent('Hi {{ lastName }}, {{firstName}} {{lastName}}')).toEqual({
    kind: 'ok',
    variables: ['lastName', 'firstName'],
  })
})

test.each([
  ['{firstName}', 'Write variables as {{name}}; a single { is not allowed'],
  ['Hi {{firstName', 'Close the variable with }}'],
  ['Hi {{first name}}', 'A variable name begins with a letter and holds letters, digits and _ only'],
  ['  ', 'Write the message first'],
  ['x'.repeat(1601), 'A message holds at most 1,600 characters'],
  ['broken \ud83d', 'The text holds a broken character'],
])('A11: %j is refused with the reason', (content, message) => {
  expect(checkContent(content)).toEqual({ kind: 'refused', message })
})

test.each(templates.map(({ id, content }) => [id, content]))('sample template %s can be saved', (_, content) => {
  expect(checkContent(content)).toMatchObject({ kind: 'ok' })
})
