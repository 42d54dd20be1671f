import { expect, test } from 'vitest'
import { type Assumed, assumedFor } from './assumptions.ts'
import { trafficOf } from './traffic.ts'

const parsed = assumedFor('develop', [
  ...['people=10', 'hoursAPerson=100', 'pagesAnHour=10', 'zoneShare=0.8', 'filesAPage=3'],
  ...['newsCallsAMinute=2', 'callsAPage=1', 'messages=100', 'callbacksAMessage=2'],
])
const assumed = (parsed.kind === 'ok' ? parsed.assumed : {}) as Assumed

/** 1,000 hours make 10,000 pages, 30,000 files, and 120,000 + 10,000 calls. */
const done = { hostPages: 2000, zonePages: 8000, files: 30_000, calls: 130_000, backendCalls: 140_200 }

test('edge routing: each request reaches one distribution', () => {
  expect(trafficOf(assumed, 'edge')).toEqual({ ...done, carried: 0, edgeRequests: 170_000 })
})

test('host routing: what is for the zone is carried by the host, and reaches a second distribution', () => {
  expect(trafficOf(assumed, 'host')).toEqual({ ...done, carried: 138_000, edgeRequests: 308_000 })
})
