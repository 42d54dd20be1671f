import { expect, test } from 'vitest'
import type { Mistake } from '../../test/sending/memory-store.ts'
import { runSchedule } from '../../test/sending/run-schedule.ts'

const SCHEDULES = 100_000
/** Every mistake is found within as many. */
const ENOUGH = 60_000

test(`A1: in ${SCHEDULES} orders of sending, calling off, crashing, STOP, START and reports nothing is lost, sent twice, or sent after STOP or after it was called off`, {
  timeout: 600_000,
}, async () => {
  const wrong: string[] = []
  for (let seed = 1; seed <= SCHEDULES && wrong.length < 5; seed += 1) {
    const found = await runSchedule(seed)
    if (found !== undefined) wrong.push(found)
  }
  expect(wrong).toEqual([])
})

test.each<[mistake: Mistake, owed: RegExp]>([
  ['consent read before the number is held', /had said stop/],
  ['sending taken for waiting', /became \d+ texts/],
  ['unknown not left to settle', /became \d+ texts/],
  ['claims not checked when writing', /became \d+ texts|still|ended as/],
  ['last report wins', /ended as/],
  ['no name of the carrier is known', /ended as/],
  ['intent stored without its client id', /became \d+ texts/],
  ['called off whatever a worker does with it', /sent after it had been called off|called off and texted/],
  ['called off for the eye only', /sent after it had been called off/],
  ['sent now while nobody knows whether it was sent', /became \d+ texts/],
  ['START counts as it is told', /STOP was the last word/],
  ['START is forgotten when STOP is told after it', /ended as (opted_out|held), not subscribed/],
])('a worker or store with the mistake "%s" is found out', { timeout: 120_000 }, async (mistake, owed) => {
  let found: string | undefined
  for (let seed = 1; seed <= ENOUGH && !owed.test(found ?? ''); seed += 1) found = await runSchedule(seed, mistake)
  expect(found).toMatch(owed)
})
