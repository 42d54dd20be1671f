import { expect, test } from 'vitest'
import { countedTitle } from './counted-title.ts'

test.each([
  ['Conversations', 3, '(3) Conversations'],
  ['(2) Conversations', 3, '(3) Conversations'],
  ['(99+) Conversations', 0, 'Conversations'],
  ['Conversations', 100, '(99+) Conversations'],
  // A practice may be called so.
  ['(Old) Harbor', 1, '(1) (Old) Harbor'],
])('%s with %i unread is %s', (title, count, counted) => {
  expect(countedTitle(title, count)).toBe(counted)
})
