import { LONGEST_WATCH_MS } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { createWatch } from './watch.ts'

function staged() {
  let nowMs = 1_000
  const watch = createWatch(() => nowMs)
  return {
    watch,
    /** A question after so many milliseconds, answered in a tenth of a second. */
    asks: (afterMs: number, inUse = true) => {
      nowMs += afterMs
      const watched = watch.asked(inUse)
      nowMs += 100
      watch.answered()
      return watched
    },
  }
}

test('the first question begins a watch, and the others say how long ago that was', () => {
  const { asks } = staged()
  expect([asks(0), asks(2_000), asks(2_000), asks(50)]).toEqual([undefined, 2_100, 4_200, 4_350])
})

test.each<[why: string, break_: (staging: ReturnType<typeof staged>) => void]>([
  ['a question of an idle or hidden page', ({ asks }) => void asks(2_000, false)],
  ['a failure, or a page that was hidden in between', ({ watch }) => watch.broken()],
])('%s ends it, and the next question begins another', (_why, break_) => {
  const staging = staged()
  staging.asks(0)
  break_(staging)
  expect([staging.asks(2_000), staging.asks(2_000)]).toEqual([undefined, 2_100])
})

test('so does a pause that is too long for a page that was awake', () => {
  const { asks } = staged()
  asks(0)
  expect([asks(5_000), asks(5_001), asks(2_000)]).toEqual([5_100, undefined, 2_100])
})

test('an answer that takes long does not end it: that is what is measured', () => {
  let nowMs = 0
  const watch = createWatch(() => nowMs)
  watch.asked(true)
  nowMs = 15_000
  watch.answered()
  nowMs = 17_000
  expect(watch.asked(true)).toBe(17_000)
})

test('after ten minutes it says ten minutes', () => {
  const { asks } = staged()
  let watched: number | undefined
  for (let times = 0; times < 400; times += 1) watched = asks(2_000)
  expect([watched, LONGEST_WATCH_MS]).toEqual([600_000, 600_000])
})
