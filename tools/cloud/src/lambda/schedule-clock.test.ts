import { expect, test } from 'vitest'
import { type ClockedSchedule, clockedSchedule, ScheduleClock } from './schedule-clock.ts'

const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:worker:live'
const sweep: ClockedSchedule = { name: 'sweep', everyMs: 60_000, functionArn, input: '{"kind":"sweep"}' }
const properties = { ScheduleExpression: 'rate(1 minute)', Target: { Arn: functionArn, Input: '{"kind":"sweep"}' } }

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(1 day)', 86_400_000],
])('%s is every %i ms', (ScheduleExpression, everyMs) => {
  expect(clockedSchedule('sweep', { ...properties, ScheduleExpression })).toEqual({ ...sweep, everyMs })
})

test.each<[string, object]>([
  ['is off', { State: 'DISABLED' }],
  ['calls no function', { Target: { Arn: 'arn:aws:sqs:us-east-1:111122223333:letters' } }],
  ['has no target', { Target: undefined }],
  ['is no rate', { ScheduleExpression: 'cron(0 12 * * ? *)' }],
  ['is never', { ScheduleExpression: 'rate(0 minutes)' }],
])('one that %s is left alone', (_what, other) => {
  expect(clockedSchedule('sweep', { ...properties, ...other })).toBeUndefined()
})

test('without an input an empty object is said', () => {
  expect(clockedSchedule('sweep', { ...properties, Target: { Arn: functionArn } })?.input).toBe('{}')
})

test('it is due a turn after it was made, then each turn, and once when turns were missed', () => {
  const clock = new ScheduleClock()
  const dueAt = (nowMs: number) => clock.due([sweep], nowMs).length
  expect([0, 59_999, 60_000, 60_001, 119_999, 120_000, 600_000, 600_001].map(dueAt)).toEqual([0, 0, 1, 0, 0, 1, 1, 0])
})

test('one that was taken away and made again begins anew', () => {
  const clock = new ScheduleClock()
  expect(clock.due([sweep], 0)).toEqual([])
  expect(clock.due([], 1_000)).toEqual([])
  expect(clock.due([sweep], 60_000)).toEqual([])
  expect(clock.due([sweep], 120_000)).toEqual([sweep])
})
