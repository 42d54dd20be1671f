import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MediaStorage } from './media-ports.ts'

const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/

/** A folder of this computer that only its owner reads. A file is there whole or not at all. */
export function folderStorage(folder: string, newId: () => string): MediaStorage {
  return {
    put: async (key, bytes) => {
      if (!KEY.test(key)) throw new Error('not a name of a picture')
      const place = join(folder, key)
      const draft = `${place}.${newId()}`
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await writeFile(draft, bytes, { mode: 0o600 })
      await rename(draft, place)
    },
  }
}
