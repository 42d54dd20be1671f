import type { CachePolicySettings } from '@sax/topology/cloudfront'
import type { CacheControl } from './cache-control.ts'

type Lifetimes = Pick<CachePolicySettings, 'minTtlSec' | 'defaultTtlSec' | 'maxTtlSec'>

/**
 * Seconds an answer below 400 is fresh, or undefined when it is not kept at all. 0 is kept, and asked about every time:
 * an origin that says `max-age=0` is still answered for when it fails.
 *
 * The age is s-maxage, else max-age, else the time until Expires. A minimum above 0 beats no-store, no-cache and private.
 * @source AWS CloudFront Developer Guide, "Manage how long content stays in the cache (expiration)". That a default of 0
 * keeps nothing while a said 0 keeps is unverified.
 */
export function lifetimeSec(
  policy: Lifetimes,
  cacheControl: CacheControl,
  expires: string | null,
  nowMs: number,
): number | undefined {
  const { minTtlSec, defaultTtlSec, maxTtlSec } = policy
  if (maxTtlSec === 0) return undefined
  if (cacheControl.noStore || cacheControl.noCache || cacheControl.isPrivate) return aboveZero(minTtlSec)
  const ageSec = cacheControl.sharedMaxAgeSec ?? cacheControl.maxAgeSec ?? untilExpiresSec(expires, nowMs)
  if (ageSec === undefined) return aboveZero(Math.max(minTtlSec, defaultTtlSec))
  return Math.max(minTtlSec, Math.min(ageSec, maxTtlSec))
}

function aboveZero(sec: number): number | undefined {
  return sec > 0 ? sec : undefined
}

/** A date that cannot be read has passed. @source RFC 9111 section 5.3 */
function untilExpiresSec(expires: string | null, nowMs: number): number | undefined {
  if (expires === null) return undefined
  const atMs = Date.parse(expires)
  return Number.isNaN(atMs) || /^-?\d+$/.test(expires.trim()) ? 0 : Math.max(0, Math.floor((atMs - nowMs) / 1000))
}
