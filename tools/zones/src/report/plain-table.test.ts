import { expect, test } from 'vitest'
import { fitting } from './plain-table.ts'

test.each([
  ['what fits', 'a name', 10, 'a name'],
  ['a name that is longer than its column', 'sax-lambda-us', 8, 'sax-la\nmbda-u\ns'],
  ['only the long word of several', 'log sax-lambda-us', 8, 'log sax-la\nmbda-u\ns'],
  ['nothing', '', 8, ''],
])('%s', (_what, text, width, expected) => {
  expect(fitting(text, width)).toBe(expected)
})
