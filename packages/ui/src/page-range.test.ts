import { expect, test } from 'vitest'
import { pageRange } from './page-range.ts'

const none = undefined

test.each([
  ['an empty list', [0, 50, 0], [0, 0, 1, 1, none, none]],
  ['the first of eight pages', [400, 50, 0], [1, 50, 1, 8, none, 50]],
  ['a page in the middle', [400, 50, 100], [101, 150, 3, 8, 50, 150]],
  ['the last page, full', [400, 50, 350], [351, 400, 8, 8, 300, none]],
  ['the last page, not full', [401, 50, 400], [401, 401, 9, 9, 350, none]],
  ['one page that holds everything', [12, 50, 0], [1, 12, 1, 1, none, none]],
  ['an offset between two pages', [400, 50, 25], [26, 75, 1, 8, 0, 75]],
  ['an offset past the end', [120, 50, 200], [0, 0, 3, 3, 100, none]],
  ['an offset at the end, after the last row of a page went away', [50, 50, 50], [0, 0, 1, 1, 0, none]],
] as const)('%s', (_what, [total, limit, offset], [from, to, page, pageCount, previousOffset, nextOffset]) => {
  expect(pageRange({ total, limit, offset })).toEqual({ from, to, page, pageCount, previousOffset, nextOffset })
})
