import { MediaStorageError } from './media-key.ts'
import type { MediaStorage } from './media-ports.ts'

/** Where no pictures are kept: storage that never answers. */
export const noStorage: MediaStorage = {
  put: () => Promise.reject(new MediaStorageError('unavailable')),
  get: () => Promise.reject(new MediaStorageError('unavailable')),
  remove: () => Promise.reject(new MediaStorageError('unavailable')),
}
