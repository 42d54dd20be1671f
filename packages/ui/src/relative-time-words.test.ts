import { expect, test } from 'vitest'
import { exactTimeWords, plainDateWords, relativeTimeWords } from './relative-time-words.ts'

const NEW_YORK = 'America/New_York'
/** Monday, 14:05 in New York. */
const now = Date.parse('2026-11-23T19:05:00Z')

test.each([
  ['the same moment', '2026-11-23T19:05:00Z', 'just now'],
  ['59 seconds ago', '2026-11-23T19:04:01Z', 'just now'],
  ['a clock that runs 20 seconds ahead', '2026-11-23T19:05:20Z', 'just now'],
  ['60 seconds ago', '2026-11-23T19:04:00Z', '1 minute ago'],
  ['59 minutes ago', '2026-11-23T18:06:00Z', '59 minutes ago'],
  ['60 minutes ago', '2026-11-23T18:05:00Z', '1 hour ago'],
  ['this morning', '2026-11-23T13:05:00Z', '6 hours ago'],
  ['in ten minutes', '2026-11-23T19:15:00Z', 'in 10 minutes'],
  ['late yesterday by the reader’s calendar', '2026-11-23T04:30:00Z', 'yesterday'],
  ['tomorrow', '2026-11-24T19:05:00Z', 'tomorrow'],
  ['six days ago', '2026-11-17T19:05:00Z', '6 days ago'],
  ['seven days ago', '2026-11-16T19:05:00Z', 'Nov 16'],
  ['earlier this year', '2026-03-04T12:00:00Z', 'Mar 4'],
  ['another year', '2025-12-31T12:00:00Z', 'Dec 31, 2025'],
])('%s', (_what, moment, words) => {
  expect(relativeTimeWords(Date.parse(moment), now, NEW_YORK).words).toBe(words)
})

test.each([
  ['40 seconds ago', '2026-11-23T19:04:20Z', 20_000],
  ['90 seconds ago', '2026-11-23T19:03:30Z', 30_000],
  ['2 hours 15 minutes ago', '2026-11-23T16:50:00Z', 2_700_000],
  ['in 90 seconds', '2026-11-23T19:06:30Z', 30_001],
  ['yesterday, looked at again every hour', '2026-11-22T19:05:00Z', 3_600_000],
  ['a date, for good', '2026-03-04T12:00:00Z', undefined],
])('the words of %s hold that long', (_what, moment, changesInMs) => {
  expect(relativeTimeWords(Date.parse(moment), now, NEW_YORK).changesInMs).toBe(changesInMs)
})

test('the change to summer time does not make a day out of 23 hours', () => {
  const beforeNoon = Date.parse('2026-03-08T15:00:00Z')
  expect(relativeTimeWords(Date.parse('2026-03-07T16:00:00Z'), beforeNoon, NEW_YORK).words).toBe('yesterday')
})

test('the exact time names day, time and zone', () => {
  expect(exactTimeWords(now, NEW_YORK).replaceAll('\u202f', ' ')).toBe('Monday, November 23, 2026 at 2:05:00 PM EST')
})

test('a server says the date in UTC, whatever its own zone', () => {
  expect(plainDateWords(Date.parse('2026-11-23T23:59:00Z'))).toBe('Nov 23, 2026')
})
