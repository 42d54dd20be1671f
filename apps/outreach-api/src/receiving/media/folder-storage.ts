import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { MAX_MEDIA_BYTES } from './judge-media.ts'
import { isMediaKey, MediaStorageError } from './media-key.ts'
import type { MediaStorage } from './media-ports.ts'

/** A folder of this computer that only its owner reads. A file is there whole or not at all. */
export function folderStorage(folder: string, newId: () => string): MediaStorage {
  return {
    put: async (key, bytes) => {
      if (!isMediaKey(key)) throw new MediaStorageError('not_a_name')
      if (bytes.length > MAX_MEDIA_BYTES) throw new MediaStorageError('too_large')
      const place = join(folder, key)
      const draft = `${place}.${newId()}`
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await writeFile(draft, bytes, { mode: 0o600 })
      await rename(draft, place)
    },
    get: async (key, part) => {
      if (!isMediaKey(key)) throw new MediaStorageError('not_a_name')
      const place = join(folder, key)
      const size = await stat(place).then(
        (found) => found.size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined
          throw new MediaStorageError('unavailable', { cause: error })
        },
      )
      if (size === undefined) return undefined
      if (size > MAX_MEDIA_BYTES) throw new MediaStorageError('too_large')
      const { first, last } = { first: part?.first ?? 0, last: Math.min(part?.last ?? size - 1, size - 1) }
      const body = Readable.toWeb(createReadStream(place, { start: first, end: last }))
      return { bytes: last - first + 1, body: body as ReadableStream<Uint8Array> }
    },
    remove: async (key) => {
      if (!isMediaKey(key)) throw new MediaStorageError('not_a_name')
      await rm(join(folder, key), { force: true }).catch((cause: unknown) => {
        throw new MediaStorageError('unavailable', { cause })
      })
    },
  }
}
