import type { Note } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { messageFixture } from '../conversation-fixture.ts'
import { arrivals, type Told } from './arrivals.ts'

const listener = { saxId: 7, patientName: "Maeve O'Brien", nowMs: Date.parse('2026-11-02T15:00:00.000Z') }
const inbound = (seq: number, body: string) =>
  messageFixture({ id: `m${seq}`, seq, direction: 'inbound', body, authorSaxId: null, authorName: null })
const note = (id: string, more: Partial<Note> = {}): Note => ({
  id,
  conversationId: '00000000-0000-4000-8000-000000000001',
  authorSaxId: 8,
  authorName: 'Siobhan Walsh',
  body: 'Call her',
  createdAt: '2026-11-02T14:00:00.000Z',
  ...more,
})
const thread = (messages: Told['messages'], notes: Told['notes'] = []): Told => ({ messages, notes })

test('older messages that are loaded above are not told', () => {
  const newest = [inbound(51, 'Now')]
  const older = Array.from({ length: 50 }, (_, index) => inbound(index + 1, `Line ${index + 1}`))
  expect(arrivals(thread(newest), thread([...older, ...newest]), listener)).toEqual([])
})

test('what arrives at the end is told with its writer, each once', () => {
  const before = thread([inbound(1, 'Hello')])
  const colleague = messageFixture({
    id: 'm3',
    seq: 3,
    body: 'We call you',
    authorSaxId: 8,
    authorName: 'Siobhan Walsh',
  })
  const automatic = messageFixture({ id: 'm4', seq: 4, body: 'Noted', authorSaxId: null, authorName: null })
  const after = thread([...before.messages, inbound(2, 'Are you there?'), colleague, automatic])
  expect(arrivals(before, after, listener)).toEqual([
    "New message from Maeve O'Brien: Are you there?",
    'New message from Siobhan Walsh: We call you',
    'New message from Automatic message: Noted',
  ])
  expect(arrivals(after, thread([...after.messages, inbound(5, '')]), listener)).toEqual([
    "New message from Maeve O'Brien: Picture",
  ])
  expect(arrivals(after, after, listener)).toEqual([])
})

test('of what one does oneself nothing is said', () => {
  const mine = messageFixture({ id: 'm2', seq: 2, authorSaxId: 7 })
  const after = thread([inbound(1, 'Hello'), mine], [note('n1', { authorSaxId: 7 })])
  expect(arrivals(thread([inbound(1, 'Hello')]), after, listener)).toEqual([])
})

test('a message that is not delivered is told, once, and one that is says nothing', () => {
  const sent = messageFixture({ status: 'sent' })
  const failed = messageFixture({ status: 'undelivered', errorCode: 30006 })
  expect(arrivals(thread([sent]), thread([failed]), listener)).toEqual([expect.stringMatching(/^Not delivered: \w/)])
  expect(arrivals(thread([failed]), thread([failed]), listener)).toEqual([])
  expect(arrivals(thread([sent]), thread([messageFixture({ status: 'delivered' })]), listener)).toEqual([])
})

test("a colleague's note is told", () => {
  expect(arrivals(thread([], [note('n1')]), thread([], [note('n1'), note('n2')]), listener)).toEqual([
    'New note from Siobhan Walsh: Call her',
  ])
})

test('of many that came while one was elsewhere the number is told', () => {
  const before = thread([inbound(1, 'Hello')])
  const after = thread([1, 2, 3, 4, 5].map((seq) => inbound(seq, `Line ${seq}`)))
  expect(arrivals(before, after, listener)).toEqual(['4 new messages'])
})
