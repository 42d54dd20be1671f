import { expect, test } from 'vitest'
import { clipped } from './clipped.ts'

test.each([
  ['short', 10, 'short'],
  ['exactly', 7, 'exactly'],
  ['too long', 3, 'too'],
  ['ab😀', 3, 'ab'],
  ['ab😀', 4, 'ab😀'],
  ['', 3, ''],
])('%j clipped to %i is %j', (text, length, expected) => {
  expect(clipped(text, length)).toBe(expected)
})
