import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { LRUCache } from 'lru-cache'

export interface BucketFile {
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
}

const MAX_REMEMBERED = 10_000

/**
 * Entity tags of files, as S3 makes them of objects that were put in one piece: the MD5 of the bytes. Remembered until
 * a file changes.
 */
export function createETags(): (file: BucketFile) => Promise<string> {
  const known = new LRUCache<string, string>({ max: MAX_REMEMBERED })
  return async ({ path, bytes, modifiedMs }) => {
    const version = `${path}\n${bytes}\n${modifiedMs}`
    const before = known.get(version)
    if (before !== undefined) return before
    const hash = createHash('md5')
    await pipeline(createReadStream(path), hash)
    const etag = `"${hash.digest('hex')}"`
    known.set(version, etag)
    return etag
  }
}
