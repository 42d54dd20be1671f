import { expect, test } from 'vitest'
import { dayWords, futureWords, shortTime } from './short-time.ts'
import { shownName, shownPhone } from './shown-phone.ts'

const ZONE = 'America/New_York'
/** Monday, 1:30 in the night in New York. */
const NOW = Date.parse('2026-11-02T06:30:00.000Z')

test.each([
  ['2026-11-02T05:05:00.000Z', '12:05 AM', 'Today'],
  ['2026-11-02T04:59:00.000Z', 'Sun', 'Yesterday'],
  ['2026-10-27T15:00:00.000Z', 'Tue', 'Tuesday, October 27'],
  ['2026-10-26T15:00:00.000Z', 'Oct 26', 'Monday, October 26'],
  ['2025-12-31T15:00:00.000Z', 'Dec 31, 2025', 'Wednesday, December 31, 2025'],
])('%s is %s in a row and %s over messages', (moment, short, day) => {
  expect(shortTime(Date.parse(moment), NOW, ZONE)).toBe(short)
  expect(dayWords(Date.parse(moment), NOW, ZONE)).toBe(day)
})

test.each([
  ['+16175550100', '(617) 555-0100'],
  ['+442079460000', '+442079460000'],
  ['75515', '75515'],
])('the number %s is read as %s', (phone, shown) => {
  expect(shownPhone(phone)).toBe(shown)
})

test.each([
  ['+16175550100', { name: '(617) 555-0100', named: false }],
  ['(617) 555-0100', { name: '(617) 555-0100', named: false }],
  ["Maeve O'Brien", { name: "Maeve O'Brien", named: true }],
])('A9: a conversation called %s is shown as %o', (friendlyName, shown) => {
  expect(shownName({ friendlyName, patientPhone: '+16175550100' })).toEqual(shown)
})

test.each([
  ['2026-11-02T20:00:00Z', '3:00 PM'],
  ['2026-11-03T13:00:00Z', 'tomorrow, 8:00 AM'],
  ['2026-11-05T13:00:00Z', 'Thursday, 8:00 AM'],
])('%s, seen on a Monday at ten in the morning in Boston, is %s', (at, words) => {
  expect(futureWords(Date.parse(at), Date.parse('2026-11-02T15:00:00Z'), 'America/New_York')).toBe(words)
})
