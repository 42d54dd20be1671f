import { expect, test } from 'vitest'
import { createOutgoingStore, type Outgoing } from './outgoing-store.ts'

const owner = { saxId: 7, practiceId: 'p' }
const message = (clientId: string, more: Partial<Outgoing> = {}): Outgoing => ({
  clientId,
  conversationId: 'k',
  body: "It's O'Brien <b>",
  seenSeq: 3,
  writtenAtMs: 1,
  ...more,
})

function memory(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start))
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('A1: a message on its way outlives a reload, under the same id and as it was typed', () => {
  const storage = memory()
  createOutgoingStore(storage, owner).put(message('a'))
  expect(createOutgoingStore(storage, owner).all()).toEqual([message('a')])
})

test('A2: the same message put twice is one message', () => {
  const store = createOutgoingStore(memory(), owner)
  store.put(message('a'))
  store.put(message('b'))
  store.put(message('a', { refusal: { code: 'OPTED_OUT', words: 'No' } }))
  expect(store.all().map(({ clientId, refusal }) => [clientId, refusal?.code])).toEqual([
    ['a', 'OPTED_OUT'],
    ['b', undefined],
  ])
})

test('a refusal is written down with its message, and brings none back that another tab has removed', () => {
  const storage = memory()
  const store = createOutgoingStore(storage, owner)
  for (const clientId of ['a', 'b']) store.put(message(clientId))
  createOutgoingStore(storage, owner).drop('a')
  for (const clientId of ['a', 'b']) store.refuse(clientId, { code: 'OPTED_OUT', words: 'No' })
  expect(store.all()).toEqual([message('b', { refusal: { code: 'OPTED_OUT', words: 'No' } })])
  storage.kept.clear()
  store.refuse('b', { code: 'OPTED_OUT', words: 'No' })
  expect(storage.kept.size).toBe(0)
})

test('nothing is left in the browser when nothing is on its way', () => {
  const storage = memory()
  const store = createOutgoingStore(storage, owner)
  store.put(message('a'))
  store.drop('a')
  expect(storage.kept.size).toBe(0)
})

test("nobody sees another person's messages", () => {
  const storage = memory()
  createOutgoingStore(storage, owner).put(message('a'))
  expect(createOutgoingStore(storage, { ...owner, saxId: 8 }).all()).toEqual([])
})

test.each(['no JSON', '{}', '[null, {"clientId": 1}]'])('what cannot be read (%s) counts as nothing', (text) => {
  expect(createOutgoingStore(memory({ 'outreach-outgoing:7:p': text }), owner).all()).toEqual([])
})

test('where the browser keeps nothing, the page still has the message', () => {
  const storage = {
    ...memory(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const store = createOutgoingStore(storage, owner)
  store.put(message('a'))
  expect(store.all()).toEqual([message('a')])
})

test('another tab that wrote is heard', () => {
  const storage = memory()
  const store = createOutgoingStore(storage, owner)
  let heard = 0
  store.subscribe(() => {
    heard += 1
  })
  createOutgoingStore(storage, owner).put(message('b'))
  store.reread()
  expect(store.all()).toEqual([message('b')])
  expect(heard).toBe(1)
})

test('A1: two tabs that write before they have heard of one another lose nothing, and bring nothing back', () => {
  const storage = memory()
  const [one, other] = [createOutgoingStore(storage, owner), createOutgoingStore(storage, owner)]
  one.put(message('a'))
  other.put(message('b'))
  one.put(message('c'))
  other.drop('a')
  one.put(message('d'))
  for (const store of [one, other]) store.reread()
  const left = ['b', 'c', 'd']
  expect(one.all().map(({ clientId }) => clientId)).toEqual(left)
  expect(other.all().map(({ clientId }) => clientId)).toEqual(left)
})

test('where the browser keeps no more, what it kept before does not push out what the page has', () => {
  const storage = memory()
  createOutgoingStore(storage, owner).put(message('a'))
  const full = {
    ...storage,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const store = createOutgoingStore(full, owner)
  store.put(message('b'))
  store.put(message('c'))
  expect(store.all().map(({ clientId }) => clientId)).toEqual(['a', 'b', 'c'])
})
