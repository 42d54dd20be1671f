import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

const NOON = Date.parse('2026-11-02T12:00:00.000Z')

test.each([
  ['2026-11-02T12:00:04.000Z', 0],
  ['2026-11-02T11:59:56.000Z', 0],
  ['2026-11-02T12:09:00.000Z', 540_000],
  ['2026-11-02T11:51:00.000Z', -540_000],
])('A4: when the server says %s at noon, the clock is put forward by %i ms', (asOf, offsetMs) => {
  const clock = createServerClock(() => NOON)
  clock.note(asOf)
  expect(clock.nowMs() - NOON).toBe(offsetMs)
})
