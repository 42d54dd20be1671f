import type { Behavior } from '../config/distribution.ts'
import { type AcceptedEncoding, acceptedEncoding } from './accept-encoding.ts'
import { selectedCookies, selectedHeaders, selectedQueryStrings } from './selected-values.ts'

/** What of a request decides which object answers it. */
export interface KeyedRequest {
  readonly behavior: Behavior
  readonly distributionId: string
  /** Path as sent, without the query. */
  readonly uri: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly method: string
  /** The viewer's, after the viewer-request function. */
  readonly headers: Headers
}

/** Why no answer to a request is ever kept. */
export type Uncacheable =
  /** Not among the behaviour's cached methods. */
  | 'method'
  /** The policy's maximum lifetime is 0: managed policy CachingDisabled and its like. */
  | 'caching_disabled'
  /** All viewer headers would be in the key; CloudFront then keeps nothing. */
  | 'all_headers'

export interface CacheKeyParts {
  readonly distributionId: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** `name=value` */
  readonly cookies: readonly string[]
  /** `name=value`, as sent */
  readonly queryStrings: readonly string[]
  readonly acceptEncoding: AcceptedEncoding | undefined
}

export interface CacheKey {
  readonly key: string
  readonly parts: CacheKeyParts
  /** Absent: an answer may be kept, if the origin's headers let it. */
  readonly uncacheable: Uncacheable | undefined
}

/**
 * The cache key of a request and what it is made of: the distribution, the path, the method, and the headers, cookies and
 * query strings the cache policy lists. Never the viewer's Host, Cache-Control or Pragma, nor anything only the origin
 * request policy names.
 * @source AWS CloudFront Developer Guide, "Understand the cache key"; methods: "HTTP methods" of "Request and response
 * behavior for custom origins". That GET and HEAD are kept apart, and a HEAD may be answered from a kept GET, is unverified.
 */
export function cacheKey(request: KeyedRequest): CacheKey {
  const { cachePolicy } = request.behavior
  const parts: CacheKeyParts = {
    distributionId: request.distributionId,
    method: request.method,
    path: request.uri,
    headers: selectedHeaders(cachePolicy.headers, request.headers),
    cookies: selectedCookies(cachePolicy.cookies, request.headers),
    queryStrings: selectedQueryStrings(cachePolicy.queryStrings, request.query),
    acceptEncoding: acceptedEncoding(cachePolicy, request.headers),
  }
  return { key: JSON.stringify(parts), parts, uncacheable: uncacheableOf(request) }
}

function uncacheableOf({ behavior, method }: KeyedRequest): Uncacheable | undefined {
  if (!behavior.cachedMethods.includes(method)) return 'method'
  if (behavior.cachePolicy.maxTtlSec === 0) return 'caching_disabled'
  const headers = behavior.cachePolicy.headers.behavior
  return headers === 'all' || headers === 'allExcept' ? 'all_headers' : undefined
}
