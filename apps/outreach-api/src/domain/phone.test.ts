import { expect, test } from 'vitest'
import { e164Of } from './phone.ts'

test.each([
  ['(617) 555-0101', '+16175550101'],
  ['617.555.0101', '+16175550101'],
  ['1-617-555-0101', '+16175550101'],
  ['+44 20 7946 0958', '+442079460958'],
  ['555-0101', undefined],
  ['+1 617 555 010', undefined],
  ['call me', undefined],
  ['1-900-555-0123', undefined],
  ['+44 909 879 0000', undefined],
  ['', undefined],
])('%j is %s', (text, number) => {
  expect(e164Of(text)).toBe(number)
})
