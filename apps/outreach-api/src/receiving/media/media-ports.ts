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
  refused(media: DueMedia): Promise<void>
}

/** Private storage: what is put there is served by nobody but the API. */
export interface MediaStorage {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
}

export type FetchedMedia =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array }
  /** It will not be had later either: too large, gone, or nowhere that the carrier keeps pictures. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed' }
