import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownProblems, stretches } from './highlight.ts'

test('variables and mistakes are cut out where they are', () => {
  expect(stretches('Hi {{ firstName }}, {x} {{1st}} {{open')).toEqual([
    { kind: 'text', start: 0, text: 'Hi ' },
    { kind: 'variable', start: 3, text: '{{ firstName }}' },
    { kind: 'text', start: 18, text: ', ' },
    { kind: 'problem', start: 20, text: '{' },
    { kind: 'text', start: 21, text: 'x' },
    { kind: 'problem', start: 22, text: '}' },
    { kind: 'text', start: 23, text: ' ' },
    { kind: 'problem', start: 24, text: '{{1st}}' },
    { kind: 'text', start: 31, text: ' ' },
    { kind: 'problem', start: 32, text: '{{' },
    { kind: 'text', start: 34, text: 'open' },
  ])
})

test('whatever is typed, the stretches together are the message', () => {
  const message = fc
    .array(fc.constantFrom('{', '}', '{{', '}}', 'a', ' ', '1', '\n', '😀', '{{firstName}}'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(message, (content) => {
      const cut = stretches(content)
      expect(cut.map(({ text }) => text).join('')).toBe(content)
      expect(cut.every(({ start, text }) => content.startsWith(text, start))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('A11: a single brace is shown with the words around it', () => {
  expect(shownProblems('Dear patient, welcome {firstName to us')).toMatchObject([
    { before: '…atient, welcome ', offending: '{', after: 'firstName to us', start: 22, end: 23 },
  ])
})

test('an empty message has no place to point at', () => {
  expect(shownProblems(' ')).toEqual([])
})
