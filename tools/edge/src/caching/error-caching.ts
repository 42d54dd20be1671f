import type { CacheControl } from './cache-control.ts'

/** @source AWS CloudFront Developer Guide, "HTTP 4xx and 5xx status codes that CloudFront caches"; 410 stands only in the list of exceptions */
const ALWAYS = [404, 410, 414, 500, 501, 502, 503, 504]
const WHEN_SAID = [400, 403, 405, 412, 415]
/** The only errors whose origin may forbid keeping them. */
const MAY_FORBID = [404, 410, 414, 501]

/**
 * Seconds an error answer is kept, or undefined when it is not: the greater of the distribution's error caching minimum
 * and what the origin says. Only for policies that cache at all.
 * @source AWS CloudFront Developer Guide, "How CloudFront processes and caches HTTP 4xx and 5xx status codes from your origin"
 */
export function errorLifetimeSec(status: number, cacheControl: CacheControl, minTtlSec: number): number | undefined {
  const saidSec = cacheControl.sharedMaxAgeSec ?? cacheControl.maxAgeSec
  const isKept = ALWAYS.includes(status) || (WHEN_SAID.includes(status) && saidSec !== undefined)
  if (!isKept) return undefined
  if (MAY_FORBID.includes(status) && (cacheControl.noStore || cacheControl.isPrivate)) return undefined
  const sec = Math.max(minTtlSec, saidSec ?? 0)
  return sec > 0 ? sec : undefined
}
