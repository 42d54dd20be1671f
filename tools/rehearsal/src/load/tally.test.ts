import { expect, test } from 'vitest'
import { createTally } from './tally.ts'

test('answers are spread by nearest rank', () => {
  const tally = createTally()
  for (let ms = 100; ms >= 1; ms -= 1) tally.took('page', ms)
  expect(tally.spreads()).toEqual([{ kind: 'page', asked: 100, p50Ms: 50, p90Ms: 90, p99Ms: 99, maxMs: 100 }])
})

test('the same fault is told once, with when it was and the first request that has an id', () => {
  const tally = createTally()
  tally.fault('API: 502', 'deploy 1', '')
  tally.fault('API: 502', 'deploy 1', 'r-2')
  tally.fault('API: 502', 'rollback 1', 'r-3')
  expect(tally.faults()).toEqual([{ what: 'API: 502', times: 3, during: ['deploy 1', 'rollback 1'], requestId: 'r-2' }])
})
