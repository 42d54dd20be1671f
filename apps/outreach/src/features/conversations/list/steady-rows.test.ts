import type { Conversation } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import { inOrder, type ListQuestion } from '../data/list-question.ts'
import { nothingShown, type Seen, type SteadyRows, steadyAfter } from './steady-rows.ts'

const all: ListQuestion = { filter: 'all', sort: 'newest', search: '' }
const unread: ListQuestion = { filter: 'unread', sort: 'newest', search: '' }
const rows = (ids: string): readonly Conversation[] => [...ids].map((id) => conversationFixture({ id }))
const after = (shown: SteadyRows, more: Partial<Seen>) =>
  steadyAfter(shown, {
    question: all,
    fresh: undefined,
    asking: false,
    free: false,
    order: inOrder('newest'),
    isMine: () => false,
    newest: (row) => row,
    ...more,
  })
const ids = (shown: SteadyRows) => shown.rows.map(({ id }) => id).join('')
const answered = after(nothingShown, { fresh: rows('ab') })

test('the first answer is shown in its order, and later ones leave the order', () => {
  expect(ids(answered)).toBe('ab')
  expect(ids(after(answered, { fresh: rows('ba') }))).toBe('ab')
})

test('another question is answered in its own order; until then what stood there stays', () => {
  const waiting = after(answered, { question: unread, asking: true })
  expect(waiting).toBe(answered)
  expect(ids(after(waiting, { question: unread, fresh: rows('ba') }))).toBe('ba')
})

test('an older answer that is at hand stands there until the new one comes, and is then put in order', () => {
  const kept = after(answered, { question: unread, fresh: rows('xy'), asking: true })
  expect(ids(kept)).toBe('xy')
  const fresh = after(kept, { question: unread, fresh: rows('yx') })
  expect(ids(fresh)).toBe('yx')
  expect(ids(after(fresh, { question: unread, fresh: rows('xy') }))).toBe('yx')
})

test('asking the same again by itself leaves the order', () => {
  expect(ids(after(after(answered, { fresh: rows('ab'), asking: true }), { fresh: rows('ba') }))).toBe('ab')
})

test('while nobody is in the list it is in order', () => {
  expect(ids(after(answered, { fresh: rows('ba'), free: true }))).toBe('ba')
})

test('when nothing changed it is the same object', () => {
  const fresh = rows('ab')
  const shown = after(nothingShown, { fresh })
  expect(after(shown, { fresh })).toBe(shown)
  expect(after(shown, { fresh, free: true })).toBe(shown)
})
