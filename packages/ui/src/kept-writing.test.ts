import { expect, test } from 'vitest'
import { memoryStorage } from '../test/memory-storage.ts'
import { forgetOldWriting, writingKey, writingKeys } from './kept-writing.ts'

/** 2026-11-29, 12:00 UTC */
const noon = 1_795_953_600_000
const aWeekBefore = 1_795_348_800_000
const me = { saxId: 7, practiceId: 'p' }

/** Choices of people, and what is not ours. */
const others = {
  'outreach-enter-sends:7': 'true',
  'outreach-single-keys:7': 'false',
  'outreach-enter-sends': 'true',
  'sax-theme': 'dark',
  'somebody-else:7:p': 'no JSON',
}

test('a key says what was written and by whom, in numbers and ids', () => {
  expect(writingKey('message', me, 'k')).toBe('outreach-message:7:p:k')
  expect(writingKey('template', me, 'new')).toBe('outreach-draft:7:p:new')
  expect(writingKey('outgoing', me)).toBe('outreach-outgoing:7:p')
})

test('what people wrote is found, of everybody, and no choice of theirs is among it', () => {
  const storage = memoryStorage({
    ...others,
    'outreach-message:7:p:k:note': { text: 'x' },
    'outreach-draft:71:p:new': {},
    'outreach-outgoing:8:q': [],
  })
  expect(writingKeys(storage)).toEqual([
    { key: 'outreach-message:7:p:k:note', kind: 'message', saxId: 7 },
    { key: 'outreach-draft:71:p:new', kind: 'template', saxId: 71 },
    { key: 'outreach-outgoing:8:q', kind: 'outgoing', saxId: 8 },
  ])
})

test('what nobody has touched for a week goes, whoever wrote it, and younger words and choices stay', () => {
  const storage = memoryStorage({
    ...others,
    'outreach-message:7:p:old': { text: 'x', keptAtMs: aWeekBefore },
    'outreach-message:8:q:old': { text: 'x', keptAtMs: aWeekBefore - 1 },
    'outreach-message:7:p:young': { text: 'x', keptAtMs: aWeekBefore + 1 },
    'outreach-draft:8:q:new': { v: 1, keptAtMs: 1 },
  })
  forgetOldWriting(storage, noon)
  expect([...storage.kept.keys()]).toEqual([...Object.keys(others), 'outreach-message:7:p:young'])
  expect(storage.kept.get('outreach-message:7:p:young')).toBe(JSON.stringify({ text: 'x', keptAtMs: aWeekBefore + 1 }))
})

test('of the messages on their way those go that were written a week ago, one by one', () => {
  const [old, young] = [
    { clientId: 'a', body: 'x', writtenAtMs: aWeekBefore },
    { clientId: 'b', body: 'y', writtenAtMs: noon },
  ]
  const storage = memoryStorage({ 'outreach-outgoing:7:p': [old, young], 'outreach-outgoing:8:p': [old] })
  forgetOldWriting(storage, noon)
  expect([...storage.kept]).toEqual([['outreach-outgoing:7:p', JSON.stringify([young])]])
})

test.each([
  ['without a time, from before there was one', {}],
  ['of a time that is still to come', { keptAtMs: noon + 1 }],
])('what is kept %s begins its week when it is first seen', (_why, time) => {
  const storage = memoryStorage({ 'outreach-message:7:p:k': { text: 'x', ...time } })
  forgetOldWriting(storage, noon)
  expect(JSON.parse(storage.kept.get('outreach-message:7:p:k') ?? '')).toEqual({ text: 'x', keptAtMs: noon })
  forgetOldWriting(storage, noon + 1000)
  expect(storage.kept.size).toBe(1)
  forgetOldWriting(storage, noon + 604_800_000)
  expect(storage.kept.size).toBe(0)
})

test.each(['no JSON', 'null', '"words"', '[]'])('what nobody could read (%s) goes at once', (text) => {
  const storage = memoryStorage({ 'outreach-message:7:p:k': text })
  forgetOldWriting(storage, noon)
  expect(storage.kept.size).toBe(0)
})

test('a full browser that cannot take the time keeps the words', () => {
  const storage = memoryStorage({ 'outreach-message:7:p:k': { text: 'x' } })
  forgetOldWriting(
    {
      ...storage,
      length: 1,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    },
    noon,
  )
  expect(storage.kept.get('outreach-message:7:p:k')).toBe('{"text":"x"}')
})
