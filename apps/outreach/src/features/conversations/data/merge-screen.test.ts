import { expect, test } from 'vitest'
import { conversationFixture, messageFixture, screenFixture } from '../conversation-fixture.ts'
import { mergeScreen, refreshedScreen, withOlder } from './merge-screen.ts'

const message = (seq: number, more = {}) => messageFixture({ id: `m${seq}`, seq, ...more })
const seqs = (screen: { readonly messages: readonly { readonly seq: number }[] }) =>
  screen.messages.map(({ seq }) => seq)

test('A3: messages stand in the order of the server, whatever order news comes in', () => {
  const screen = mergeScreen(screenFixture([message(1)]), { messages: [message(4), message(2)] })
  expect(seqs(mergeScreen(screen, { messages: [message(3)] }))).toEqual([1, 2, 3, 4])
})

test('A2: news that was here before leaves the screen the same object', () => {
  const screen = screenFixture([message(1), message(2)])
  expect(mergeScreen(screen, { messages: [message(2)], conversations: [], notes: [], presence: [] })).toBe(screen)
})

test("news of another conversation is none of this screen's business", () => {
  const screen = screenFixture([message(1)])
  expect(mergeScreen(screen, { messages: [message(2, { conversationId: 'other' })] })).toBe(screen)
})

test.each([
  ['delivered', 'sent', 'delivered'],
  ['sent', 'delivered', 'delivered'],
  ['failed', 'sent', 'failed'],
  // A receipt of the handset counts for more than a report that something went wrong: the server's own order.
  ['undelivered', 'delivered', 'delivered'],
  ['delivered', 'undelivered', 'delivered'],
  ['failed', 'delivered', 'delivered'],
  ['read', 'failed', 'read'],
  ['undelivered', 'failed', 'failed'],
  ['failed', 'undelivered', 'failed'],
] as const)('A15: %s and then %s is %s', (first, second, end) => {
  const screen = mergeScreen(screenFixture([message(1, { status: first })]), {
    messages: [message(1, { status: second })],
  })
  expect(screen.messages[0]?.status).toBe(end)
})

test('a message that a person sends again starts again', () => {
  const screen = screenFixture([message(1, { status: 'failed', canRetry: true })])
  expect(mergeScreen(screen, { messages: [message(1, { status: 'queued' })] }).messages[0]?.status).toBe('queued')
})

test.each(['sent', 'delivered', 'undelivered', 'failed'] as const)(
  'A15: a message that a colleague sent again, and that is %s by the time one hears of it, is so',
  (status) => {
    const givenUp = message(1, { status: 'failed', canRetry: true })
    const taken = message(1, { status })
    expect(mergeScreen(screenFixture([givenUp]), { messages: [taken] }).messages).toEqual([taken])
    // Nor does a screen that had it before take it back.
    expect(refreshedScreen(screenFixture([givenUp]), screenFixture([taken])).messages).toEqual([taken])
  },
)

test('a status of a message above what is loaded is not a message in the middle of nowhere', () => {
  const screen = screenFixture([message(51), message(52)], { hasMore: true })
  expect(mergeScreen(screen, { messages: [message(3)] })).toBe(screen)
})

test('a refreshed screen keeps what was scrolled to, and what the feed brought meanwhile', () => {
  const before = screenFixture([message(1), message(2), message(3), message(4)])
  const fresh = screenFixture([message(2), message(3)], { hasMore: true })
  expect(seqs(refreshedScreen(before, fresh))).toEqual([1, 2, 3, 4])
  expect(refreshedScreen(before, fresh).hasMore).toBe(false)
})

test('a refreshed screen with a gap to the older one begins anew', () => {
  const fresh = screenFixture([message(80), message(81)], { hasMore: true })
  expect(seqs(refreshedScreen(screenFixture([message(1), message(2)]), fresh))).toEqual([80, 81])
})

test('older messages go above, each once', () => {
  const screen = withOlder(screenFixture([message(3)], { hasMore: true }), {
    data: [message(1), message(3)],
    hasMore: false,
  })
  expect(seqs(screen)).toEqual([1, 3])
  expect(screen.hasMore).toBe(false)
})

test('who left is no longer looking', () => {
  const here = { conversationId: conversationFixture().id, saxId: 8, name: 'Sam', until: '2026-11-02T15:00:30.000Z' }
  const screen = mergeScreen(screenFixture([message(1)]), { presence: [{ ...here, state: 'typing' }] })
  expect(screen.presence).toHaveLength(1)
  expect(mergeScreen(screen, { presence: [{ ...here, state: 'gone' }] }).presence).toEqual([])
})
