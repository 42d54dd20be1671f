import type { Note } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { messageFixture } from '../conversation-fixture.ts'
import type { Outgoing } from '../sending/outgoing-store.ts'
import { firstUnreadSeq, type ThreadParts, threadItems } from './thread-items.ts'

const message = (seq: number, time: string, more = {}) =>
  messageFixture({ id: `m${seq}`, seq, clientId: `c${seq}`, createdAt: `2026-11-${time}.000Z`, ...more })
const outgoing = (clientId: string): Outgoing => ({
  clientId,
  conversationId: 'k',
  body: 'On its way',
  seenSeq: 1,
  writtenAtMs: Date.parse('2026-11-02T15:00:00.000Z'),
})
const note = (id: string, time: string): Note => ({
  id,
  conversationId: 'k',
  authorSaxId: 7,
  authorName: 'Dana',
  body: 'Call back',
  createdAt: `2026-11-${time}.000Z`,
})
const shown = (parts: Partial<ThreadParts>) =>
  threadItems({
    messages: [],
    notes: [],
    outgoing: [],
    hasMore: false,
    unreadFromSeq: undefined,
    timeZone: 'America/New_York',
    ...parts,
  }).map((item) => (item.kind === 'day' || item.kind === 'unread' ? item.kind : item.key))

test('A2: a message on its way and the copy of it the server has are one bubble with one key', () => {
  const first = message(1, '02T14:00:00')
  expect(shown({ messages: [first], outgoing: [outgoing('c2')] })).toEqual(['day', 'c1', 'c2'])
  const arrived = message(2, '02T15:00:01')
  expect(shown({ messages: [first, arrived], outgoing: [outgoing('c2')] })).toEqual(['day', 'c1', 'c2'])
  expect(shown({ messages: [first, arrived] })).toEqual(['day', 'c1', 'c2'])
})

test("days change at the reader's midnight", () => {
  const messages = [message(1, '02T04:59:00'), message(2, '02T05:01:00')]
  expect(shown({ messages })).toEqual(['day', 'c1', 'day', 'c2'])
  expect(shown({ messages, timeZone: 'UTC' })).toEqual(['day', 'c1', 'c2'])
})

test('notes stand between the messages of their time, and those of messages not loaded stay away', () => {
  const messages = [message(1, '02T14:00:00'), message(2, '02T16:00:00')]
  const notes = [note('old', '02T13:00:00'), note('between', '02T15:00:00'), note('last', '02T17:00:00')]
  expect(shown({ messages, notes })).toEqual(['day', 'old', 'c1', 'between', 'c2', 'last'])
  expect(shown({ messages, notes, hasMore: true })).toEqual(['day', 'c1', 'between', 'c2', 'last'])
})

test('the mark stands over the first message that was unread', () => {
  const messages = [
    message(1, '02T14:00:00', { direction: 'inbound' }),
    message(2, '02T14:01:00'),
    message(3, '02T14:02:00', { direction: 'inbound' }),
    message(4, '02T14:03:00', { direction: 'inbound' }),
  ]
  expect(firstUnreadSeq(messages, 2)).toBe(3)
  expect(firstUnreadSeq(messages, 9)).toBe(1)
  expect(firstUnreadSeq(messages, 0)).toBeUndefined()
  expect(shown({ messages, unreadFromSeq: 3 })).toEqual(['day', 'c1', 'c2', 'unread', 'c3', 'c4'])
})

test('a second message of the same writer within minutes needs no head of its own', () => {
  const items = threadItems({
    messages: [
      message(1, '02T14:00:00'),
      message(2, '02T14:04:59'),
      message(3, '02T14:09:59'),
      message(4, '02T14:10:00', { authorSaxId: 8 }),
    ],
    notes: [],
    outgoing: [],
    hasMore: false,
    unreadFromSeq: undefined,
    timeZone: 'UTC',
  })
  expect(items.flatMap((item) => (item.kind === 'message' ? [item.continued] : []))).toEqual([
    false,
    true,
    false,
    false,
  ])
})
