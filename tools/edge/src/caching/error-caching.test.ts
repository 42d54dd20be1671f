import { expect, test } from 'vitest'
import { parseCacheControl } from './cache-control.ts'
import { errorLifetimeSec } from './error-caching.ts'

test.each<[status: number, cacheControl: string, minTtlSec: number, sec: number | undefined]>([
  [404, '', 10, 10],
  [414, '', 10, 10],
  [500, '', 10, 10],
  [502, '', 10, 10],
  [503, '', 10, 10],
  [504, '', 10, 10],
  [404, 'max-age=300', 10, 300],
  [404, 's-maxage=20, max-age=300', 10, 20],
  [404, 'max-age=3', 10, 10],
  [404, 'no-store', 10, undefined],
  [410, 'private', 10, undefined],
  [501, 'no-store', 10, undefined],
  [500, 'no-store', 10, 10],
  [503, 'private, no-store', 10, 10],
  [500, '', 0, undefined],
  [500, 'max-age=5', 0, 5],
  [400, '', 10, undefined],
  [403, '', 10, undefined],
  [403, 'max-age=5', 10, 10],
  [405, '', 10, undefined],
  [412, 's-maxage=30', 10, 30],
  [415, '', 10, undefined],
  [401, 'max-age=60', 10, undefined],
  [416, 'max-age=60', 10, undefined],
  [429, 'max-age=60', 10, undefined],
])('%i with «%s», at least %i s: kept for %s s', (status, cacheControl, minTtlSec, sec) => {
  expect(errorLifetimeSec(status, parseCacheControl(cacheControl), minTtlSec)).toBe(sec)
})
