/** What has to hold for a write to happen. `absent` and `unchanged` are judged by the store itself, at the moment of the write. */
export type WriteCondition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unchanged'; readonly etag: string }
  | { readonly kind: 'any' }

/** A small text as it is stored, with the store's own times: clocks of machines are not compared. */
export interface StoredText {
  readonly text: string
  readonly etag: string
  readonly writtenAtMs: number
  /** When it was read. */
  readonly nowMs: number
}

export type Written = { readonly kind: 'written'; readonly etag: string } | { readonly kind: 'overtaken' }

/** What is said of a file beside its bytes. */
export interface FileFacts {
  /** Hexadecimal. The store refuses bytes that have another. */
  readonly sha256: string
  readonly contentType: string
  readonly cacheControl?: string
}

/** One bucket. Every method throws `AwsFailure` when the store does not do what is asked. */
export interface Bucket {
  readonly read: (key: string) => Promise<StoredText | undefined>
  readonly write: (key: string, text: string, condition: WriteCondition) => Promise<Written>
  /** Bytes of a file. */
  readonly file: (key: string) => Promise<Uint8Array | undefined>
  /** `there`: only where it was to be written unless it is there, and it is. */
  readonly put: (key: string, bytes: Uint8Array, facts: FileFacts, on: 'absent' | 'any') => Promise<'written' | 'there'>
  /** Hexadecimal SHA-256 of a file. Undefined: there is none; empty: it was stored without one. */
  readonly sha256: (key: string) => Promise<string | undefined>
  readonly keys: (prefix: string) => Promise<readonly string[]>
  /** Names directly below `prefix` that have something below them: `artefacts/` -> digests. */
  readonly folders: (prefix: string) => Promise<readonly string[]>
}

/** Takes away for good what is named. A role of its own may. */
export interface PrunableBucket extends Bucket {
  readonly remove: (key: string) => Promise<void>
}
