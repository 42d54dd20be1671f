import type { Behavior } from '../config/distribution.ts'
import { parseCacheControl } from './cache-control.ts'
import { errorLifetimeSec } from './error-caching.ts'
import type { CachedObject } from './store.ts'
import { lifetimeSec } from './ttl.ts'
import { variesByEverything } from './vary.ts'

/** How long an answer is kept, and by what it is asked about: the part of a kept object that the origin's headers decide. */
export type Keeping = Omit<CachedObject, 'kind' | 'status' | 'headers' | 'body'>

/** Between two neighbours, or about one delivery only. @source RFC 9111 section 3.1 */
const NEVER_KEPT = ['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade', 'proxy-connection', 'age']

/** Parts of an answer, or "what you hold stands": no objects. */
const NO_OBJECT = [206, 304]

/**
 * How an origin's answer is kept, or undefined when it is not. Both windows after its lifetime are capped by the
 * policy's maximum; without `stale-if-error` an object stands in for a failing origin as long as it is kept.
 * @source AWS CloudFront Developer Guide, "Manage how long content stays in the cache": stale-while-revalidate, stale-if-error
 */
export function keepingOf(
  status: number,
  origin: Headers,
  behavior: Behavior,
  errorCachingMinTtlSec: (status: number) => number,
  nowMs: number,
): Keeping | undefined {
  if (NO_OBJECT.includes(status)) return undefined
  const { cachePolicy } = behavior
  const cacheControl = parseCacheControl(origin.get('cache-control'))
  const sec =
    status >= 400
      ? errorLifetimeSec(status, cacheControl, errorCachingMinTtlSec(status))
      : lifetimeSec(cachePolicy, cacheControl, origin.get('expires'), nowMs)
  if (sec === undefined) return undefined
  const askedAlways = status < 400 && variesByEverything(origin.get('vary'), behavior)
  const freshUntilMs = askedAlways ? nowMs : nowMs + sec * 1000
  const window = (said: number | undefined): number => Math.min(said ?? 0, cachePolicy.maxTtlSec) * 1000
  const { staleIfErrorSec, staleWhileRevalidateSec } = cacheControl
  const isError = status >= 400
  return {
    storedAtMs: nowMs,
    freshUntilMs,
    revalidatedUntilMs: isError || askedAlways ? freshUntilMs : freshUntilMs + window(staleWhileRevalidateSec),
    standsInUntilMs: isError
      ? freshUntilMs
      : staleIfErrorSec === undefined
        ? Number.POSITIVE_INFINITY
        : freshUntilMs + window(staleIfErrorSec),
    quietUntilMs: 0,
    etag: isError || askedAlways ? undefined : (origin.get('etag') ?? undefined),
    lastModified: isError || askedAlways ? undefined : (origin.get('last-modified') ?? undefined),
  }
}

/** The headers a kept copy has: without what is one delivery's own and what `no-cache="…"` names. */
export function keptHeaders(viewerHeaders: Headers): readonly (readonly [string, string])[] {
  const { unkeptHeaders } = parseCacheControl(viewerHeaders.get('cache-control'))
  return [...viewerHeaders].filter(([name]) => !NEVER_KEPT.includes(name) && !unkeptHeaders.includes(name))
}

/** An object whose origin said 304: its headers brought up to date, all but those that describe the bytes. @source RFC 9111 section 3.2 */
export function updatedHeaders(
  kept: readonly (readonly [string, string])[],
  said: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const news = said.filter(([name]) => !name.startsWith('content-') && name !== 'etag' && name !== 'vary')
  const names = new Set(news.map(([name]) => name))
  return [...kept.filter(([name]) => !names.has(name)), ...news]
}
