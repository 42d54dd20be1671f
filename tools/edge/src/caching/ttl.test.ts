import { expect, test } from 'vitest'
import { parseCacheControl } from './cache-control.ts'
import { lifetimeSec } from './ttl.ts'

const noonMs = Date.UTC(2026, 5, 1, 12, 0, 0)
const inTenMinutes = 'Mon, 01 Jun 2026 12:10:00 GMT'
const anHourAgo = 'Mon, 01 Jun 2026 11:00:00 GMT'

/** Minimum, default, maximum, as the console shows them. */
const open = { minTtlSec: 0, defaultTtlSec: 86_400, maxTtlSec: 31_536_000 }
const unlessSaid = { minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 3_600 }
const optimized = { minTtlSec: 1, defaultTtlSec: 86_400, maxTtlSec: 31_536_000 }
const tight = { minTtlSec: 60, defaultTtlSec: 30, maxTtlSec: 300 }
const disabled = { minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 0 }

test.each<
  [policy: string, lifetimes: typeof open, cacheControl: string, expires: string | null, sec: number | undefined]
>([
  ['min 0', open, 'max-age=60', null, 60],
  ['min 0', open, 'max-age=60, s-maxage=120', null, 120],
  ['min 0', open, 's-maxage=0, max-age=60', null, 0],
  ['min 0', open, 'max-age=60', inTenMinutes, 60],
  ['min 0', open, '', inTenMinutes, 600],
  ['min 0', open, '', anHourAgo, 0],
  ['min 0', open, '', '0', 0],
  ['min 0', open, '', 'soon', 0],
  ['min 0', open, '', null, 86_400],
  ['min 0', open, 'public', null, 86_400],
  ['min 0', open, 'max-age=99999999', null, 31_536_000],
  ['min 0', open, 'no-store', null, undefined],
  ['min 0', open, 'no-cache', null, undefined],
  ['min 0', open, 'private, max-age=60', null, undefined],
  ['min 0', open, 'no-cache="Set-Cookie", max-age=60', null, 60],
  ['min 0, default 0', unlessSaid, '', null, undefined],
  ['min 0, default 0', unlessSaid, 'max-age=0', null, 0],
  ['min 0, default 0', unlessSaid, 's-maxage=31536000', null, 3_600],
  ['min 1 (CachingOptimized)', optimized, '', null, 86_400],
  ['min 1 (CachingOptimized)', optimized, 'private, no-store', null, 1],
  ['min 1 (CachingOptimized)', optimized, 'max-age=0', null, 1],
  ['min 1 (CachingOptimized)', optimized, 'public,max-age=31536000,immutable', null, 31_536_000],
  ['min 60', tight, '', null, 60],
  ['min 60', tight, 'max-age=10', null, 60],
  ['min 60', tight, 'max-age=100', null, 100],
  ['min 60', tight, 'max-age=1000', null, 300],
  ['min 60', tight, '', inTenMinutes, 300],
  ['min 60', tight, '', anHourAgo, 60],
  ['min 60', tight, 'no-cache, max-age=100', null, 60],
  ['all 0 (CachingDisabled)', disabled, 'public, max-age=60', null, undefined],
  ['all 0 (CachingDisabled)', disabled, '', inTenMinutes, undefined],
])('%s %j: «%s», Expires %s is kept for %s s', (_, lifetimes, cacheControl, expires, sec) => {
  expect(lifetimeSec(lifetimes, parseCacheControl(cacheControl), expires, noonMs)).toBe(sec)
})
