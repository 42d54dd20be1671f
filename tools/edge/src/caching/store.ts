import { LRUCache } from 'lru-cache'

/** An answer as it is kept. Times are milliseconds of the cache's clock. */
export interface CachedObject {
  readonly kind: 'object'
  readonly status: number
  /** What every viewer gets, one entry a header line. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array<ArrayBuffer>
  readonly storedAtMs: number
  readonly freshUntilMs: number
  /** Until then it is served at once and asked about behind the viewer's back. */
  readonly revalidatedUntilMs: number
  /** Until then it answers for an origin that fails; Infinity as long as it is kept. */
  readonly standsInUntilMs: number
  /** The origin failed: nobody asks again before this. */
  readonly quietUntilMs: number
  /** The origin's own, before compression made the ETag weak; both absent when nothing may be asked conditionally. */
  readonly etag: string | undefined
  readonly lastModified: string | undefined
}

/** An origin that gave no answer, remembered as long as an error answer would be. */
export interface CachedFailure {
  readonly kind: 'failure'
  readonly error: unknown
  readonly storedAtMs: number
  readonly freshUntilMs: number
}

export type Kept = CachedObject | CachedFailure

export interface Store {
  get(key: string): Kept | undefined
  set(key: string, kept: Kept): void
  delete(key: string): void
  keys(): readonly string[]
  /** Bodies, headers and keys, about. */
  readonly bytes: number
}

/** What an entry costs beside its text and body. A guess, on the high side. */
const ENTRY_BYTES = 400

/** A store of at most this many bytes; what was not asked for longest goes first. */
export function createStore(maxBytes: number): Store {
  const kept = new LRUCache<string, Kept>({ maxSize: maxBytes, sizeCalculation: sizeBytes })
  return {
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
    delete: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
    get bytes() {
      return kept.calculatedSize
    },
  }
}

function sizeBytes(kept: Kept, key: string): number {
  const text =
    kept.kind === 'object' ? kept.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) : 0
  const body = kept.kind === 'object' ? kept.body.byteLength : 0
  return ENTRY_BYTES + key.length + text + body
}
