import { expect, test } from 'vitest'
import { type CacheControl, parseCacheControl } from './cache-control.ts'

test.each<[header: string | null, says: Partial<CacheControl>]>([
  [null, { noStore: false, noCache: false, isPrivate: false, maxAgeSec: undefined, unkeptHeaders: [] }],
  ['MAX-AGE=60', { maxAgeSec: 60 }],
  ['max-age="60"', { maxAgeSec: 60 }],
  ['public , s-maxage = 5', { sharedMaxAgeSec: 5, maxAgeSec: undefined }],
  ['max-age=60, max-age=10', { maxAgeSec: 60 }],
  ['max-age=abc', { maxAgeSec: 0 }],
  ['max-age=-1', { maxAgeSec: 0 }],
  ['max-age', { maxAgeSec: 0 }],
  ['max-age=99999999999999999999', { maxAgeSec: 3_153_600_000 }],
  ['private="x, no-store"', { isPrivate: true, noStore: false }],
  ['no-cache="Set-Cookie, X-Who"', { noCache: false, unkeptHeaders: ['set-cookie', 'x-who'] }],
  ['no-cache', { noCache: true, unkeptHeaders: [] }],
  ['x-max-age=5', { maxAgeSec: undefined }],
  ['stale-if-error=0, stale-while-revalidate=7', { staleIfErrorSec: 0, staleWhileRevalidateSec: 7 }],
])('%j', (header, says) => {
  expect(parseCacheControl(header)).toMatchObject(says)
})
