import { expect, test } from 'vitest'
import { pollDelayMs } from './poll-pace.ts'

const inUse = { visible: true, idleMs: 0, failures: 0 }

test.each([
  ['in use', inUse, 2000],
  ['untouched for two minutes', { ...inUse, idleMs: 120_000 }, 10_000],
  // Its title and icon count what is unread, for whoever works in another tab.
  ['hidden', { ...inUse, visible: false }, 30_000],
  ['hidden and untouched for hours', { visible: false, idleMs: 7_200_000, failures: 0 }, 30_000],
  ['hidden, after three failures', { ...inUse, visible: false, failures: 3 }, 30_000],
  ['after one failure', { ...inUse, failures: 1 }, 4000],
  ['after three failures', { ...inUse, failures: 3 }, 16_000],
  ['after a hundred failures', { ...inUse, failures: 100 }, 30_000],
])('A7: %s, news is asked for after %o: %s ms', (_why, use, delayMs) => {
  expect(pollDelayMs(use, 1)).toBe(delayMs)
})

test('pages that lost the same server do not come back all at once', () => {
  expect(pollDelayMs({ ...inUse, failures: 3 }, 0)).toBe(8000)
})
