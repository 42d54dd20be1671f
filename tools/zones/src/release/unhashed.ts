import type { Manifest, ManifestAsset } from '@sax/release'

/** Files of a zone whose names stay while their content changes. */
export function unhashedOf(manifest: Manifest, zone: string): readonly ManifestAsset[] {
  return manifest.assets.filter((asset) => asset.zone === zone && !asset.hashed)
}

/** Paths that edges may hold another content of, once `after` takes the place of `before`. Sorted, encoded. */
export function stalePaths(before: Manifest | undefined, after: Manifest, zone: string): readonly string[] {
  const known = new Map((before === undefined ? [] : unhashedOf(before, zone)).map(({ key, sha256 }) => [key, sha256]))
  return unhashedOf(after, zone)
    .filter(({ key, sha256 }) => known.get(key) !== sha256)
    .map(({ key }) => `/${key.split('/').map(encodeURIComponent).join('/')}`)
    .sort()
}
