import { expect, test } from 'vitest'
import { spendRedirect } from './redirect-budget.ts'

test.each<[why: string, cookie: string | undefined, expected: ReturnType<typeof spendRedirect>]>([
  ['the first redirect opens a window', undefined, { kind: 'redirect', cookieValue: '1.1000', maxAgeSec: 30 }],
  ['the second counts', '1.995', { kind: 'redirect', cookieValue: '2.995', maxAgeSec: 25 }],
  ['the third counts', '2.995', { kind: 'redirect', cookieValue: '3.995', maxAgeSec: 25 }],
  ['the fourth in 30 seconds is a loop', '3.995', { kind: 'exhausted' }],
  ['at 29 seconds it is still a loop', '3.971', { kind: 'exhausted' }],
  ['at 30 seconds a new window opens', '3.970', { kind: 'redirect', cookieValue: '1.1000', maxAgeSec: 30 }],
  ['a window in the future is none', '3.1001', { kind: 'redirect', cookieValue: '1.1000', maxAgeSec: 30 }],
  ['a broken cookie is none', 'x', { kind: 'redirect', cookieValue: '1.1000', maxAgeSec: 30 }],
  ['a negative count is none', '-5.995', { kind: 'redirect', cookieValue: '1.1000', maxAgeSec: 30 }],
])('R8: %s', (_why, cookie, expected) => {
  expect(spendRedirect(cookie, 1000)).toEqual(expected)
})
