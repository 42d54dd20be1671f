import { expect, test } from 'vitest'
import { askedTimes, periodProblem, usualPeriod } from './report-period.ts'

/** Epoch milliseconds of a moment on the clock of whoever runs this. */
const at = (year: number, month: number, day: number, hour = 0) => new Date(year, month - 1, day, hour).getTime()

test('a report is of the last ninety days until somebody says otherwise', () => {
  expect(usualPeriod(at(2026, 11, 29, 15))).toEqual({ firstDay: '2026-08-31', lastDay: '2026-11-29' })
})

test('both days are whole, by the clock of who asks', () => {
  const asked = askedTimes({ firstDay: '2026-11-01', lastDay: '2026-11-03' }, at(2026, 11, 29))
  expect(Date.parse(asked.from ?? '')).toBe(at(2026, 11, 1))
  expect(Date.parse(asked.until)).toBe(at(2026, 11, 4))
})

test('what happens after the report was opened is not in it', () => {
  const opened = at(2026, 11, 29, 15)
  expect(Date.parse(askedTimes({ firstDay: '', lastDay: '2026-11-29' }, opened).until)).toBe(opened)
  expect(askedTimes({ firstDay: '', lastDay: '2026-11-29' }, opened).from).toBeUndefined()
})

test.each([
  ['2026-11-03', '2026-11-01', 'The first day lies after the last one.'],
  ['2026-11-03', '', 'Give the last day.'],
  ['', '2026-11-01', undefined],
  ['2026-11-01', '2026-11-01', undefined],
])('from %s to %s: %s', (firstDay, lastDay, problem) => {
  expect(periodProblem({ firstDay, lastDay })).toBe(problem)
})
