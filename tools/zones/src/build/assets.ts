import { extname } from 'node:path'
import type { ManifestAsset } from '@sax/release'
import { assetLayout, type Zone } from '@sax/topology'
import { BuildError } from './build-error.ts'
import { sha256 } from './digest.ts'
import type { Contents } from './zip.ts'

/** What may be published, and what a browser is told it is. Anything else stops the build: a scratch file, a source map. */
const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.txt': 'text/plain; charset=utf-8',
}

export interface PublishedAsset {
  readonly asset: ManifestAsset
  readonly content: Uint8Array
}

/**
 * Files of a zone for its bucket, where the topology wants them.
 * @param files below the folder that `from` names in the topology's layout
 * @throws BuildError `contents` for a kind of file that is not published
 */
export function assetsOf(zone: Zone, from: '.next/static' | 'public', files: Contents): readonly PublishedAsset[] {
  const rule = assetLayout(zone).find((one) => one.from === from)
  if (rule === undefined) {
    if (files.size === 0) return []
    throw new BuildError(
      'unaccounted',
      `${zone.name} has files below ${from}, and the topology knows no place for them.`,
    )
  }
  return [...files].map(([path, content]) => {
    const contentType = contentTypes[extname(path)]
    if (contentType === undefined) {
      throw new BuildError(
        'contents',
        `${zone.name} would publish ${path}, which is no kind of file that is published.`,
      )
    }
    const key = rule.keyPrefix + path
    return {
      content,
      asset: {
        zone: zone.name,
        key,
        file: `assets/${zone.name}/${key}`,
        sha256: sha256(content),
        bytes: content.length,
        contentType,
        cacheControl: rule.cacheControl,
        hashed: from === '.next/static',
      },
    }
  })
}
