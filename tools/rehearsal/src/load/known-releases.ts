import type { Manifest } from '@sax/release'

/** Files of a release for browsers: SHA-256 (hex) of each by its path without the slash in front. */
export type ReleaseFiles = ReadonlyMap<string, string>

/** Files of releases by the releases' names; undefined for one that nobody deploys. */
export type FilesOf = (release: string) => ReleaseFiles | undefined

export function filesOf(manifests: readonly Manifest[]): FilesOf {
  const known = new Map(
    manifests.map(({ release, assets }) => [release, new Map(assets.map(({ key, sha256 }) => [key, sha256]))]),
  )
  return (release) => known.get(release)
}
