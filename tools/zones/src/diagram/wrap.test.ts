import { expect, test } from 'vitest'
import { wrap } from './wrap.ts'

test.each([
  ['', 5, ['']],
  ['short', 5, ['short']],
  ['two words', 5, ['two', 'words']],
  ['a, b, c, d', 5, ['a, b,', 'c, d']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['ab /cdefghij', 6, ['ab', '/cdefg', 'hij']],
])('%j in %i columns', (plain, width, lines) => {
  expect(wrap(plain, width)).toEqual(lines)
})
