import type { CacheKeyParts } from './cache-key.ts'

/**
 * A test for what an invalidation takes away: paths as viewers ask for them, query included where it is part of the key;
 * a star at the end takes everything that begins alike, a star elsewhere is a letter. Case counts. Every variant of an
 * object goes, whatever headers and cookies it was kept under.
 * @source AWS CloudFront Developer Guide, "What you need to know when invalidating files"
 */
export function invalidationOf(
  paths: readonly string[],
): (parts: Pick<CacheKeyParts, 'path' | 'queryStrings'>) => boolean {
  const beginnings = paths.filter((path) => path.endsWith('*')).map((path) => path.slice(0, -1))
  const exact = new Set(paths.filter((path) => !path.endsWith('*')))
  return ({ path, queryStrings }) => {
    const asked = queryStrings.length === 0 ? path : `${path}?${queryStrings.join('&')}`
    return exact.has(asked) || beginnings.some((beginning) => asked.startsWith(beginning))
  }
}
