import type { CachedObject } from './store.ts'

/**
 * The headers that ask an origin whether a kept object still stands; none when it gave nothing to ask by.
 * @source AWS CloudFront Developer Guide, "Conditional requests"
 */
export function revalidationHeaders({ etag, lastModified }: CachedObject): readonly (readonly [string, string])[] {
  const headers: [string, string][] = []
  if (etag !== undefined) headers.push(['if-none-match', etag])
  if (lastModified !== undefined) headers.push(['if-modified-since', lastModified])
  return headers
}

/** Whether a viewer holds the object already. ETags are compared weakly, and outweigh dates. @source RFC 9110 section 13 */
export function isNotModified(viewer: Headers, object: Headers): boolean {
  const held = viewer.get('if-none-match')
  if (held !== null) {
    if (held.trim() === '*') return true
    const etag = object.get('etag')
    return etag !== null && (held.match(/(W\/)?"[^"]*"/g) ?? []).some((one) => opaque(one) === opaque(etag))
  }
  const since = Date.parse(viewer.get('if-modified-since') ?? '')
  const modified = Date.parse(object.get('last-modified') ?? '')
  return !Number.isNaN(since) && !Number.isNaN(modified) && modified <= since
}

function opaque(etag: string): string {
  return etag.replace(/^W\//, '')
}
