/** What an origin's Cache-Control says, as far as CloudFront listens. Times are seconds. */
export interface CacheControl {
  readonly noStore: boolean
  readonly noCache: boolean
  readonly isPrivate: boolean
  readonly maxAgeSec: number | undefined
  readonly sharedMaxAgeSec: number | undefined
  readonly staleWhileRevalidateSec: number | undefined
  readonly staleIfErrorSec: number | undefined
  /** Headers that a kept copy must not have: the names of `no-cache="…"`, lower case. */
  readonly unkeptHeaders: readonly string[]
}

/** @source AWS CloudFront Developer Guide, "Manage how long content stays in the cache": 100 years at most */
const LONGEST_SEC = 3_153_600_000

// Own, not a package: those at hand take `no-cache="Set-Cookie"` for a plain no-cache and split at commas inside quotes.
const DIRECTIVE = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*)))?/g

/**
 * Reads a Cache-Control header; null reads as empty. Of two directives of one name the first counts, and an age that is
 * no number is 0: already stale.
 * @source RFC 9111 sections 4.2.1 and 5.2.2
 */
export function parseCacheControl(header: string | null): CacheControl {
  const directives = new Map<string, string | undefined>()
  for (const [, name = '', quoted, plain] of (header ?? '').matchAll(DIRECTIVE)) {
    const key = name.toLowerCase()
    if (!directives.has(key)) directives.set(key, quoted ?? plain)
  }
  const seconds = (name: string): number | undefined => {
    if (!directives.has(name)) return undefined
    const value = directives.get(name) ?? ''
    return /^\d+$/.test(value) ? Math.min(Number(value), LONGEST_SEC) : 0
  }
  const noCacheOf = directives.get('no-cache')
  return {
    noStore: directives.has('no-store'),
    noCache: directives.has('no-cache') && noCacheOf === undefined,
    isPrivate: directives.has('private'),
    maxAgeSec: seconds('max-age'),
    sharedMaxAgeSec: seconds('s-maxage'),
    staleWhileRevalidateSec: seconds('stale-while-revalidate'),
    staleIfErrorSec: seconds('stale-if-error'),
    unkeptHeaders: noCacheOf === undefined ? [] : noCacheOf.split(',').map((name) => name.trim().toLowerCase()),
  }
}
