import type { Conversation } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import type { ListQuestion } from './list-question.ts'
import { type ListPages, mergeList, overtakenPage, rowsOf } from './merge-list.ts'

const NOW = Date.parse('2026-11-02T15:05:00.000Z')
const question: ListQuestion = { filter: 'all', sort: 'newest', search: '' }
const row = (id: string, more: Partial<Conversation> = {}) => conversationFixture({ id, ...more })
const noCounts = { all: 0, unread: 0, at_risk: 0, mine: 0, unassigned: 0, not_sent: 0, unknown: 0, archived: 0 }

function list(pages: Conversation[][], counts: Partial<typeof noCounts> = {}, hasMore = false): ListPages {
  return {
    pageParams: pages.map((_, index) => (index === 0 ? null : `page ${index}`)),
    pages: pages.map((data, index) => ({
      data,
      pagination: {
        total: counts.all ?? 0,
        limit: 100,
        offset: 0,
        hasMore: hasMore || index < pages.length - 1,
        nextCursor: null,
      },
      counts: { ...noCounts, ...counts },
      changesCursor: 'c0',
    })),
  }
}

const merge = (pages: ListPages, news: Conversation[], asked: Partial<ListQuestion> = {}) =>
  mergeList(pages, news, { question: { ...question, ...asked }, saxId: 7, nowMs: NOW })
const ids = (pages: ListPages) => rowsOf(pages).map(({ id }) => id)

const a = row('a', { lastMessageAt: '2026-11-02T14:30:00.000Z' })
const b = row('b', { lastMessageAt: '2026-11-02T14:20:00.000Z' })
const written = row('b', {
  lastMessageAt: '2026-11-02T15:04:00.000Z',
  asOf: '2026-11-02T15:04:01.000Z',
  unreadCount: 1,
  waitingSince: '2026-11-02T15:04:00.000Z',
})

test('A7: a reply lifts its conversation to the top and counts as unread', () => {
  const { pages, uncertain } = merge(list([[a, b]], { all: 2 }), [written])
  expect(ids(pages)).toEqual(['b', 'a'])
  expect(pages.pages[0]?.counts).toMatchObject({ all: 2, unread: 1 })
  expect(uncertain).toBe(false)
})

test('A2: the same news twice changes nothing the second time', () => {
  const once = merge(list([[a, b]], { all: 2 }), [written]).pages
  expect(merge(once, [written]).pages).toEqual(once)
})

test('A3: older news that comes later is not believed', () => {
  const once = merge(list([[a, b]], { all: 2 }), [written]).pages
  expect(merge(once, [b]).pages).toBe(once)
})

test('A3, A7: an answer that news has overtaken is not believed either, and takes nothing from what is newer', () => {
  const [page] = list([[a, b]], { all: 2 }).pages
  if (page === undefined) throw new Error('a list has a page')
  const context = { question, saxId: 7, nowMs: NOW }
  const heard = (...news: Conversation[]) => new Map(news.map((one) => [one.id, one]))
  const overtaken = overtakenPage(page, heard(written), context)
  expect(overtaken.data.map(({ id, unreadCount }) => [id, unreadCount])).toEqual([
    ['b', 1],
    ['a', a.unreadCount],
  ])
  expect(overtaken.counts).toMatchObject({ all: 2, unread: 1 })
  expect(overtakenPage(page, heard(a, b, row('elsewhere')), context)).toBe(page)
  const newer = { ...page, data: [a, written] }
  expect(overtakenPage(newer, heard(b), context)).toBe(newer)
})

test('A4: an answered conversation leaves "at risk" and its count', () => {
  const late = row('a', {
    waitingSince: '2026-11-02T14:00:00.000Z',
    slaWarnAt: '2026-11-02T14:07:00.000Z',
    slaDueAt: '2026-11-02T14:10:00.000Z',
  })
  const answered = { ...late, waitingSince: null, asOf: '2026-11-02T15:04:00.000Z' }
  const { pages } = merge(list([[late]], { all: 1, at_risk: 1 }), [answered], { filter: 'at_risk' })
  expect(ids(pages)).toEqual([])
  expect(pages.pages[0]).toMatchObject({ counts: { all: 1, at_risk: 0 }, pagination: { total: 0 } })
})

test('the longest waiting comes first, and who waits for nothing comes last', () => {
  const first = row('c', { waitingSince: '2026-11-02T15:01:00.000Z', asOf: '2026-11-02T15:04:02.000Z' })
  const { pages } = merge(list([[written, a]]), [first], { sort: 'waiting' })
  expect(ids(pages)).toEqual(['c', 'b', 'a'])
})

test('A13: a conversation nobody here knew is shown, and the counts are to be asked for', () => {
  const { pages, uncertain } = merge(list([[a]], { all: 1 }), [written])
  expect(ids(pages)).toEqual(['b', 'a'])
  expect(uncertain).toBe(true)
})

test('A4: a whole list counts at once whom it did not have, and a longer one waits for the server', () => {
  const unread = (hasMore: boolean) =>
    merge(list([[a]], { all: 9, unread: 1 }, hasMore), [written], { filter: 'unread' }).pages.pages[0]
  expect(unread(false)).toMatchObject({ counts: { all: 9, unread: 2 }, pagination: { total: 2 } })
  expect(unread(true)).toMatchObject({ counts: { all: 9, unread: 1 }, pagination: { total: 1 } })
  const all = merge(list([[a]], { all: 1, archived: 4 }), [written]).pages.pages[0]
  expect(all?.counts).toMatchObject({ all: 2, unread: 1, unassigned: 1, mine: 0, archived: 4 })
})

test('whether a search finds an unknown conversation is left to the server', () => {
  const { pages, uncertain } = merge(list([[a]]), [written], { search: 'maeve' })
  expect(ids(pages)).toEqual(['a'])
  expect(uncertain).toBe(true)
})

test('a row that came to stand last of a list with more below is left out, for it may belong further down', () => {
  const old = row('z', { lastMessageAt: '2026-10-01T12:00:00.000Z', asOf: '2026-11-02T15:04:00.000Z' })
  expect(ids(merge(list([[a, b]], {}, true), [old]).pages)).toEqual(['a', 'b'])
  expect(ids(merge(list([[a, b]]), [old]).pages)).toEqual(['a', 'b', 'z'])
})

test('a conversation that moved up between two pages is one row', () => {
  expect(ids(list([[written, a], [b]]))).toEqual(['b', 'a'])
  const { pages } = merge(list([[a], [b]], {}, true), [written])
  expect(pages.pages.map(({ data }) => data.map(({ id }) => id))).toEqual([['b'], ['a']])
})

test('an archived conversation moves from one count to the other', () => {
  const archived = row('a', { status: 'archived', asOf: '2026-11-02T15:04:00.000Z' })
  const { pages } = merge(list([[a, b]], { all: 2, unassigned: 2, unknown: 2 }), [archived])
  expect(ids(pages)).toEqual(['b'])
  expect(pages.pages[0]?.counts).toEqual({ ...noCounts, all: 1, unassigned: 1, unknown: 1, archived: 1 })
})

test('a list of one practice takes no news of another: neither rows nor counts, and nothing becomes uncertain', () => {
  const before = list([[a]], { all: 1 })
  const elsewhere = row('c', { practiceId: '00000000-0000-0000-0000-000000000021', unreadCount: 1 })
  expect(merge(before, [elsewhere], { practiceId: a.practiceId })).toEqual({ pages: before, uncertain: false })
  const here = row('d', { unreadCount: 1 })
  const { pages, uncertain } = merge(before, [elsewhere, here], { practiceId: a.practiceId })
  expect(ids(pages).toSorted()).toEqual(['a', 'd'])
  expect(pages.pages[0]?.counts).toMatchObject({ all: 2, unread: 1 })
  expect(uncertain).toBe(true)
})
