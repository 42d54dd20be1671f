import type { Conversation } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import { inOrder } from '../data/list-question.ts'
import { type Arranging, arrangeRows } from './arrange-rows.ts'

const row = (id: string, minute: number, more: Partial<Conversation> = {}) =>
  conversationFixture({ id, lastMessageAt: `2026-11-02T14:${minute}:00.000Z`, ...more })
const a = row('a', 30)
const b = row('b', 20)
const c = row('c', 10)
/** After a text to each of them. */
const [bWritten, cWritten] = [row('b', 50, { unreadCount: 1 }), row('c', 51, { unreadCount: 1 })]

const arranged = (shown: readonly Conversation[], fresh: readonly Conversation[], more: Partial<Arranging> = {}) =>
  arrangeRows(shown, fresh, { order: inOrder('newest'), isMine: () => false, newest: (one) => one, ...more })
const ids = (rows: readonly Conversation[]) => rows.map(({ id }) => id).join('')
const mine = (id: string) => ({ isMine: (one: string) => one === id })

test('what arrives stands in its row, and the row stands where it stood', () => {
  expect(arranged([a, b, c], [cWritten, a, b])).toEqual([a, b, cWritten])
})

test('a conversation that would come above others waits outside', () => {
  expect(ids(arranged([a, b], [cWritten, a, b]))).toBe('ab')
})

test('the next page comes at once, for it moves nothing', () => {
  expect(ids(arranged([a, b], [a, b, c, row('d', 0)]))).toBe('abcd')
  // Also when the last row of the page before is to move.
  expect(ids(arranged([a, b], [bWritten, a, c]))).toBe('abc')
})

test('a row that the list holds no more stays, as it is now', () => {
  const read = { ...b, unreadCount: 0 }
  expect(arranged([a, b, c], [a, c], { newest: (one) => (one.id === 'b' ? read : one) })).toEqual([a, read, c])
})

test('where nothing is left to hold on to, what comes stands below', () => {
  expect(ids(arranged([], [a, b]))).toBe('ab')
  expect(ids(arranged([a], [b]))).toBe('ab')
})

test('what one archives oneself goes, and what one brings back comes where it belongs', () => {
  expect(ids(arranged([a, b, c], [a, c], mine('b')))).toBe('ac')
  expect(ids(arranged([a, c], [a, b, c], mine('b')))).toBe('abc')
})

test('what one sends oneself lifts its row, and those that others lifted stay', () => {
  expect(ids(arranged([a, b, c], [bWritten, cWritten, a], mine('b')))).toBe('bac')
})

test('one’s own row does not go down to a row that is held there', () => {
  // Others lifted c above b, where it does not stand yet.
  const back = row('b', 40)
  expect(ids(arranged([a, row('d', 5), cWritten], [cWritten, back, a, row('d', 5)], mine('b')))).toBe('badc')
})

test('below another row that it follows now, one’s own row takes its place', () => {
  const waits = (id: string, minute: number) => row(id, minute, { waitingSince: `2026-11-02T14:${minute}:00.000Z` })
  const [first, second, idle] = [waits('f', 10), waits('s', 20), row('i', 30)]
  const answered = row('f', 40)
  expect(
    ids(arranged([first, second, idle], [second, answered, idle], { order: inOrder('waiting'), ...mine('f') })),
  ).toBe('sfi')
})

test('what one does to a row without changing its place leaves it there, also when others have lifted it before', () => {
  const assigned = { ...bWritten, coordinatorSaxId: 7 }
  expect(ids(arranged([a, bWritten, c], [assigned, a, c], mine('b')))).toBe('abc')
})

test('when nothing changed it is the same array', () => {
  const shown = [a, b, c]
  expect(arranged(shown, [a, b, c])).toBe(shown)
  expect(arranged(shown, [c, a, b])).toBe(shown)
})
