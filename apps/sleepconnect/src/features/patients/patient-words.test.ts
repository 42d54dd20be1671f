import { expect, test } from 'vitest'
import {
  ageYears,
  dayWords,
  fullName,
  isoToday,
  languageWords,
  localTime,
  phoneWords,
  zoneWords,
} from './patient-words.ts'

test.each<[e164: string, words: string]>([
  ['+16175550116', '(617) 555-0116'],
  ['+442071838750', '+44 20 7183 8750'],
  ['not a number', 'not a number'],
])('the phone number %s reads %s', (e164, words) => {
  expect(phoneWords(e164)).toBe(words)
})

test.each<[born: string, today: string, years: number]>([
  ['1961-03-04', '2026-03-03', 64],
  ['1961-03-04', '2026-03-04', 65],
  ['2024-02-29', '2025-02-28', 0],
  ['2024-02-29', '2025-03-01', 1],
  ['2026-11-23', '2026-11-23', 0],
])('born %s one is on %s %i years old', (born, today, years) => {
  expect(ageYears(born, today)).toBe(years)
})

test('a birthday is the same day in every time zone', () => {
  expect(dayWords('1961-03-04')).toBe('Mar 4, 1961')
})

test('A9: names are shown as they were typed', () => {
  expect(fullName({ firstName: 'Dr. J.', lastName: "O'Brien" })).toBe("Dr. J. O'Brien")
  expect(fullName({ firstName: '', lastName: '李' })).toBe('李')
})

test('it says what time it is where the patient lives, and when to leave them alone', () => {
  const now = new Date('2026-11-23T13:05:00Z')
  expect(localTime('America/New_York', now)).toEqual({ words: 'Mon 8:05 AM', night: false })
  expect(localTime('America/Los_Angeles', now)).toEqual({ words: 'Mon 5:05 AM', night: true })
  expect(localTime('Nowhere/Land', now)).toBeUndefined()
})

test('zones and languages are named in words', () => {
  expect(zoneWords('America/New_York')).toBe('New York')
  expect(zoneWords('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
  expect(languageWords('es')).toBe('Spanish')
  expect(languageWords('not a tag')).toBe('not a tag')
})

test('today is the day at the screen', () => {
  expect(isoToday(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})
