import type { MediaRefusal } from '@sax/api-contract'

/** A picture that is to be fetched. */
export interface DueMedia {
  readonly tenantId: string
  readonly mediaId: string
  readonly url: string
  /** What it says it is. */
  readonly contentType: string
  /** Attempts, this one included. */
  readonly attempts: number
}

export interface MediaStore {
  /** Pictures that are due, taken for a while so that nobody else fetches them meanwhile. */
  take(query: { readonly limit: number; readonly nowMs: number }): Promise<readonly DueMedia[]>
  kept(
    media: DueMedia,
    as: { readonly storageKey: string; readonly contentType: string; readonly bytes: number },
  ): Promise<void>
  refused(media: DueMedia, why: MediaRefusal): Promise<void>
}

/** A picture that was chosen and not sent, and that is nobody's any more. */
export interface UnsentMedia {
  readonly tenantId: string
  readonly id: string
  readonly storageKey: string
}

export interface UnsentStore {
  /** Pictures that were chosen before this and that no message names, the oldest first. From now on none can. */
  takeUnsent(query: { readonly beforeMs: number; readonly limit: number }): Promise<readonly UnsentMedia[]>
  /** Says that it is not in storage any more. */
  forget(upload: UnsentMedia): Promise<void>
}

/** What lies in storage, to be read once, while it arrives. */
export interface StoredMedia {
  /** Of this part. */
  readonly bytes: number
  readonly body: ReadableStream<Uint8Array>
}

/** Private storage: what is put there is served by nobody but the API. Keys are `mediaKey`s. */
export interface MediaStorage {
  /** Puts something in its place, whole. @throws MediaStorageError */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  /**
   * What is in a place; undefined when nothing is. `part`: the bytes from the first to the last, which both count and
   * begin at 0; the first has to be there. Default: all of it. @throws MediaStorageError
   */
  get(key: string, part?: { readonly first: number; readonly last: number }): Promise<StoredMedia | undefined>
  /** Empties a place, also one that is empty. @throws MediaStorageError */
  remove(key: string): Promise<void>
}

/** `gone` is also what is nowhere that the carrier keeps pictures. */
export type FetchedMedia =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array }
  /** It will not be had later either. */
  | { readonly kind: 'refused'; readonly why: Extract<MediaRefusal, 'too_large' | 'gone'> }
  | { readonly kind: 'failed' }
