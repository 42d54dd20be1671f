import { expect, test } from 'vitest'
import { duration, moment } from './duration.ts'

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [0.2, '1 s'],
  [59, '59 s'],
  [60, '1 min'],
  [250, '4 min 10 s'],
  [3599.4, '1 h'],
  [3600, '1 h'],
  [3661, '1 h 2 min'],
  [43_200, '12 h'],
  [86_760, '24 h 6 min'],
  [259_199, '72 h'],
  [262_800, '3 d 1 h'],
  [8_640_000, '100 d'],
])('%d s is %s: never shorter than it is', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test('a moment is told in UTC, whole seconds', () => {
  expect(moment(1_800_000_000_999)).toBe('2027-01-15 08:00:00 UTC')
})
