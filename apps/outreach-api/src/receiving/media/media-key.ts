const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/

/** The name of a picture in storage: ids of its tenant and its own, nothing of anybody. */
export function mediaKey(tenantId: string, mediaId: string): string {
  return `${tenantId}/${mediaId}`
}

export function isMediaKey(key: string): boolean {
  return KEY.test(key)
}

/** Why storage did not do what it was asked. Closed. */
export type MediaStorageFailure = 'not_a_name' | 'too_large' | 'unavailable'

/** Storage of pictures failed. The message names no picture. */
export class MediaStorageError extends Error {
  override readonly name = 'MediaStorageError'
  readonly code: MediaStorageFailure
  constructor(code: MediaStorageFailure, options?: ErrorOptions) {
    super(`storage of pictures: ${code}`, options)
    this.code = code
  }
}
