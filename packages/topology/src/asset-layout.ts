import type { Zone } from './zone.ts'

/** One rule of an asset bucket: files of a build below `from` lie under `keyPrefix`. First match wins. */
export interface AssetRule {
  /** Folder of the zone's Next output, relative to the application. */
  readonly from: string
  /** Without a leading slash, as S3 spells keys. */
  readonly keyPrefix: string
  readonly cacheControl: string
}

const IMMUTABLE = 'public,max-age=31536000,immutable'
const A_DAY = 'public,max-age=86400'

/**
 * Where the files of a zone's build lie in its bucket and how long they may be kept. Keys are request paths without
 * the leading slash, so that no origin path and no rewrite stands between a URL and its file.
 */
export function assetLayout({ assetPrefix }: Zone): readonly AssetRule[] {
  const root = assetPrefix === '' ? '' : `${assetPrefix.slice(1)}/`
  const hashed = { from: '.next/static', keyPrefix: `${root}_next/static/`, cacheControl: IMMUTABLE }
  // The host's public files are pages of the host; only a zone with a prefix of its own has other files under it.
  return assetPrefix === '' ? [hashed] : [hashed, { from: 'public', keyPrefix: root, cacheControl: A_DAY }]
}

/** The rule that an S3 key falls under, or undefined when the zone's bucket holds no such file. */
export function assetRuleOf(layout: readonly AssetRule[], key: string): AssetRule | undefined {
  return layout.find(({ keyPrefix }) => key.startsWith(keyPrefix) && key.length > keyPrefix.length)
}
