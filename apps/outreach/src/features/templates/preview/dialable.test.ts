import { expect, test } from 'vitest'
import { dialable } from './dialable.ts'

test.each([
  ['+16175550100', '(617) 555-0100'],
  ['+442079460018', '+44 20 7946 0018'],
  ['+1', '+1'],
])('%s is written %s, as the backend writes it', (phone, written) => {
  expect(dialable(phone)).toBe(written)
})
