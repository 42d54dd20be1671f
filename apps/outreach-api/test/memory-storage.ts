import type { MediaStorage } from '../src/receiving/media/media-ports.ts'

export interface MemoryStorage extends MediaStorage {
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>
  /** What the next calls do instead of answering. */
  failing: Error | undefined
}

/** Storage of pictures for tests. */
export function memoryStorage(): MemoryStorage {
  const files: MemoryStorage['files'] = new Map()
  const storage: MemoryStorage = {
    files,
    failing: undefined,
    put: async (key, bytes, contentType) => {
      if (storage.failing) throw storage.failing
      files.set(key, { bytes, contentType })
    },
    get: async (key, part) => {
      if (storage.failing) throw storage.failing
      const whole = files.get(key)?.bytes
      const bytes = part ? whole?.slice(part.first, part.last + 1) : whole
      return bytes && { bytes: bytes.length, body: new Blob([new Uint8Array(bytes)]).stream() }
    },
    remove: async (key) => {
      if (storage.failing) throw storage.failing
      files.delete(key)
    },
  }
  return storage
}
