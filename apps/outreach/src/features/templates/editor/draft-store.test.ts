import { expect, test } from 'vitest'
import { createDraftStore, type Draft, intentionFor, NEW_TEMPLATE } from './draft-store.ts'

/** What a browser keeps between page loads. */
function browserStorage(limit = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key: string) => void kept.delete(key),
  }
}

const me = { saxId: 1386, practiceId: '00000000-0000-0000-0000-000000000020' }
const draft: Draft = {
  fields: { name: 'Half', category: 'care', content: 'Written so f', scope: 'private' },
  base: null,
  keptAtMs: 1_795_000_000_000,
}

test('S5: a draft outlives the page and the session that wrote it', () => {
  const storage = browserStorage()
  createDraftStore(storage, me).keep(NEW_TEMPLATE, draft)
  expect(createDraftStore(storage, me).load(NEW_TEMPLATE)).toEqual(draft)
})

test('S5: another person at the same computer, or another practice, does not get it', () => {
  const storage = browserStorage()
  createDraftStore(storage, me).keep(NEW_TEMPLATE, draft)
  expect(createDraftStore(storage, { ...me, saxId: 1387 }).load(NEW_TEMPLATE)).toBeUndefined()
  expect(createDraftStore(storage, { ...me, practiceId: 'other' }).load(NEW_TEMPLATE)).toBeUndefined()
})

test('a dropped draft is gone', () => {
  const storage = browserStorage()
  const store = createDraftStore(storage, me)
  store.keep('t1', draft)
  store.drop('t1')
  expect(store.load('t1')).toBeUndefined()
  expect(storage.kept.size).toBe(0)
})

test('the key holds numbers and ids only', () => {
  const storage = browserStorage()
  createDraftStore(storage, me).keep('t1', draft)
  expect([...storage.kept.keys()]).toEqual(['outreach-draft:1386:00000000-0000-0000-0000-000000000020:t1'])
})

test.each([
  ['another version', '{"v":2}'],
  ['not JSON', '{'],
  ['a field missing', '{"v":1,"fields":{},"base":null,"keptAtMs":1}'],
])('%s is no draft', (_why, text) => {
  const storage = browserStorage()
  const store = createDraftStore(storage, me)
  store.keep('t1', draft)
  storage.kept.set([...storage.kept.keys()][0] ?? '', text)
  expect(store.load('t1')).toBeUndefined()
})

test('a full storage is reported, not thrown', () => {
  expect(createDraftStore(browserStorage(10), me).keep('t1', draft)).toBe(false)
})

test('one intention has one key: the same body again keeps it, another body gets a new one', () => {
  let count = 0
  const newKey = () => `key-${++count}`
  const first = intentionFor({ name: 'a' }, undefined, newKey)
  expect(intentionFor({ name: 'a' }, first, newKey)).toBe(first)
  expect(intentionFor({ name: 'b' }, first, newKey).key).toBe('key-2')
})
