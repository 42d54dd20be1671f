import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import { countUpdates, updatesWords } from './count-updates.ts'

const rows = (ids: string) => [...ids].map((id) => conversationFixture({ id }))
const count = (shown: string, fresh: string, hidden = '') =>
  countUpdates(rows(shown), rows(fresh), ({ id }) => !hidden.includes(id))

test.each([
  ['abcd', 'abcd', 0],
  // One that was lifted moved, and not the three that made room for it.
  ['abcd', 'dabc', 1],
  ['abcd', 'bcda', 1],
  ['abcd', 'dcab', 2],
  ['abcd', 'dcba', 3],
  ['abcd', 'xyabcd', 2],
  ['ab', 'xba', 2],
  ['', 'ab', 2],
])('from %s to %s: %i', (shown, fresh, updates) => {
  expect(count(shown, fresh)).toBe(updates)
})

test('a row that the filter hides now would leave, and one that lies below what is loaded would not', () => {
  expect(count('abcd', 'abc', 'd')).toBe(1)
  expect(count('abcd', 'abc')).toBe(0)
})

test('an update is counted in words', () => {
  expect([1, 2, 99, 100].map(updatesWords)).toEqual(['1 update', '2 updates', '99 updates', '99+ updates'])
})
