import { expect, test } from 'vitest'
import { memoryStorage } from '../test/memory-storage.ts'
import { forgetWritingOf, unsentOf, unsentWords } from './unsent.ts'

const mine = {
  'outreach-message:7:p:k': { text: 'x', keptAtMs: 1 },
  'outreach-message:7:p:k:note': { text: 'x', keptAtMs: 1 },
  'outreach-message:7:q:new': { text: 'x', phone: '', keptAtMs: 1 },
  'outreach-draft:7:p:new': { v: 1, keptAtMs: 1 },
  'outreach-outgoing:7:p': [{ clientId: 'a' }, { clientId: 'b' }],
  'outreach-outgoing:7:q': [{ clientId: 'c' }],
}
const stays = {
  'outreach-message:71:p:k': { text: 'x', keptAtMs: 1 },
  'outreach-outgoing:8:p': [{ clientId: 'd' }],
  'outreach-enter-sends:7': 'true',
  'outreach-single-keys:7': 'false',
  'sax-theme': 'dark',
}

test('a person loses the drafts and the messages of all their practices, and nothing of anybody else', () => {
  expect(unsentOf(memoryStorage({ ...stays, ...mine }), 7)).toEqual({ drafts: 4, messages: 3 })
  expect(unsentOf(memoryStorage(stays), 7)).toEqual({ drafts: 0, messages: 0 })
})

test('who signs out leaves no word behind; what they chose stays, and so do the words of others', () => {
  const storage = memoryStorage({ ...stays, ...mine })
  expect(forgetWritingOf(storage, 7)).toEqual(Object.keys(mine))
  expect([...storage.kept.keys()]).toEqual(Object.keys(stays))
})

test('messages on their way that nobody could read count as none, and go all the same', () => {
  const storage = memoryStorage({ 'outreach-outgoing:7:p': 'no JSON' })
  expect(unsentOf(storage, 7)).toEqual({ drafts: 0, messages: 0 })
  forgetWritingOf(storage, 7)
  expect(storage.kept.size).toBe(0)
})

test.each([
  [2, 1, '2 drafts and 1 message that was not sent are on this computer. Signing out removes them.'],
  [1, 2, '1 draft and 2 messages that were not sent are on this computer. Signing out removes them.'],
  [1, 0, '1 draft is on this computer. Signing out removes it.'],
  [0, 1, '1 message that was not sent is on this computer. Signing out removes it.'],
  [0, 3, '3 messages that were not sent are on this computer. Signing out removes them.'],
  [0, 0, 'Nothing is left that was not sent.'],
])('%i drafts and %i messages are said in words', (drafts, messages, words) => {
  expect(unsentWords({ drafts, messages })).toBe(words)
})
