import { createHash } from 'node:crypto'
import type { PrunableBucket } from '../bucket.ts'

interface StoredObject {
  readonly bytes: Uint8Array
  readonly etag: string
  readonly writtenAtMs: number
  readonly sha256: string
  readonly contentType?: string
  readonly cacheControl?: string | undefined
}

/** What a bucket holds, by key. */
export type Objects = Map<string, StoredObject>

/** A bucket in memory, as strict about conditions and digests as S3 is. Equal bytes are of one version, as they can be there. */
export function memoryBucket(objects: Objects, nowMs: () => number): PrunableBucket {
  const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const store = (key: string, object: Omit<StoredObject, 'etag' | 'writtenAtMs'>) => {
    const etag = `"${object.sha256}"`
    objects.set(key, { ...object, etag, writtenAtMs: nowMs() })
    return etag
  }
  return {
    read: async (key) => {
      const found = objects.get(key)
      if (found === undefined) return undefined
      const { bytes, etag, writtenAtMs } = found
      return { text: new TextDecoder().decode(bytes), etag, writtenAtMs, nowMs: nowMs() }
    },
    write: async (key, text, condition) => {
      const found = objects.get(key)
      if (condition.kind === 'absent' && found !== undefined) return { kind: 'overtaken' }
      if (condition.kind === 'unchanged' && found?.etag !== condition.etag) return { kind: 'overtaken' }
      const bytes = new TextEncoder().encode(text)
      return { kind: 'written', etag: store(key, { bytes, sha256: hex(bytes) }) }
    },
    file: async (key) => objects.get(key)?.bytes,
    put: async (key, bytes, { sha256, contentType, cacheControl }, on) => {
      if (hex(bytes) !== sha256) throw new Error(`the bytes of ${key} have another digest`)
      if (on === 'absent' && objects.has(key)) return 'there'
      store(key, { bytes, sha256, contentType, cacheControl })
      return 'written'
    },
    sha256: async (key) => objects.get(key)?.sha256,
    keys: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
    folders: async (prefix) => [
      ...new Set(
        [...objects.keys()].flatMap((key) => {
          const [name, ...rest] = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : []
          return name === undefined || rest.length === 0 ? [] : [name]
        }),
      ),
    ],
    remove: async (key) => void objects.delete(key),
  }
}
