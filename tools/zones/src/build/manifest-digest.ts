import type { Manifest } from '@sax/release'
import { sha256 } from './digest.ts'

/**
 * Digest of a release: of every file's own digest, and of all that the manifest says about them. Where the sources were
 * committed is no part of it: the same sources make the same release, under whichever commit.
 */
export function manifestDigest({ digest: _, commit: __, committed: ___, ...rest }: Manifest): string {
  return sha256(JSON.stringify(sorted(rest)))
}

/** Names in one order, so that it does not matter in which they were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
