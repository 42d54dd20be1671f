import { OriginError } from '../origins/origin.ts'
import { originAcceptEncoding } from './accept-encoding.ts'
import { lengthChecked } from './body-length.ts'
import type { CacheKey } from './cache-key.ts'
import type { AskOrigin, CacheLookup } from './cache-lookup.ts'
import { compressed, compressionFor } from './compression.ts'
import { revalidationHeaders } from './conditional.ts'
import { type GrowingBody, growBody } from './growing-body.ts'
import { type Keeping, keepingOf, keptHeaders, updatedHeaders } from './keeping.ts'
import type { CachedObject, Kept, Store } from './store.ts'
import { viewerHeaders } from './viewer-headers.ts'

/** What came of asking an origin. */
export type Arrival =
  /** For the asker alone: nothing may be kept of it. */
  | { readonly kind: 'own'; readonly response: Response }
  /** A whole object at hand. `first` is the asker's own answer where it differs from what is kept. */
  | {
      readonly kind: 'object'
      readonly object: CachedObject
      readonly isRefreshed: boolean
      readonly isShareable: boolean
      readonly first: Response | undefined
    }
  /** An object on its way; undefined `first` when nobody waits for it. */
  | {
      readonly kind: 'arriving'
      readonly status: number
      readonly headers: CachedObject['headers']
      readonly body: GrowingBody
      readonly isShareable: boolean
      readonly first: Response | undefined
    }

/** Memory for bodies that are still coming. */
export interface ArrivalRoom {
  /** Larger ones are passed on and not kept. */
  readonly maxObjectBytes: number
  /** All that come at one time. */
  readonly maxBytes: number
  usedBytes: number
}

export interface ArrivalDeps {
  readonly store: Store
  readonly room: ArrivalRoom
  readonly nowMs: () => number
}

export interface Asking {
  readonly lookup: CacheLookup
  readonly key: CacheKey
  readonly kept: Kept | undefined
  readonly askOrigin: AskOrigin
  /** Others may come to wait for this answer. */
  readonly isShared: boolean
  /** Nobody waits for it: an object is renewed behind its viewer's back. */
  readonly isBackground: boolean
}

/**
 * Asks the origin for one key and keeps what may be kept: by 304, an expired object renewed; on 5xx or no answer, the
 * expired object in its place, and quiet for as long as an error would be kept (when the ask was shared).
 * @throws OriginError when no answer came and nothing stands in for it; of a shared ask it is remembered like an error answer.
 */
export async function askForArrival(deps: ArrivalDeps, asking: Asking): Promise<Arrival> {
  const { store, nowMs } = deps
  const { lookup, key, askOrigin, isShared } = asking
  const expired = asking.kept?.kind === 'object' ? asking.kept : undefined
  const own = new Headers()
  for (const [name, value] of expired === undefined ? [] : revalidationHeaders(expired)) own.set(name, value)
  const isConditional = [...own].length > 0
  const encoding = originAcceptEncoding(lookup.behavior.cachePolicy, lookup.headers)
  if (encoding !== undefined) own.set('accept-encoding', encoding)

  let response: Response
  try {
    response = await askOrigin(own, isShared)
  } catch (error) {
    if (!(error instanceof OriginError)) throw error
    const standIn = stoodInFor(deps, asking, expired, error.status)
    if (standIn !== undefined) return standIn
    const sec = lookup.errorCachingMinTtlSec(error.status)
    const storedAtMs = nowMs()
    // An ask that is not shared may have been cut by its own viewer, which says nothing about the origin.
    if (isShared && sec > 0)
      store.set(key.key, { kind: 'failure', error, storedAtMs, freshUntilMs: storedAtMs + sec * 1000 })
    throw error
  }
  if (response.status === 304 && isConditional && expired !== undefined) return renewed(deps, asking, expired, response)
  if (response.status >= 500) {
    const standIn = stoodInFor(deps, asking, expired, response.status)
    if (standIn !== undefined) {
      await response.body?.cancel()
      return standIn
    }
  }
  return arrived(deps, asking, response)
}

function stoodInFor(
  deps: ArrivalDeps,
  asking: Asking,
  expired: CachedObject | undefined,
  status: number,
): Arrival | undefined {
  const nowMs = deps.nowMs()
  if (expired === undefined || nowMs >= expired.standsInUntilMs) return undefined
  const quietUntilMs = !asking.isShared
    ? expired.quietUntilMs
    : nowMs + asking.lookup.errorCachingMinTtlSec(status) * 1000
  const object = { ...expired, quietUntilMs }
  deps.store.set(asking.key.key, object)
  return { kind: 'object', object, isRefreshed: true, isShareable: true, first: undefined }
}

function renewed(deps: ArrivalDeps, asking: Asking, expired: CachedObject, response: Response): Arrival {
  const { behavior, errorCachingMinTtlSec } = asking.lookup
  const nowMs = deps.nowMs()
  const headers = updatedHeaders(expired.headers, keptHeaders(viewerHeaders(response.headers, behavior)))
  const said = new Headers(headers as [string, string][])
  const keeping = keepingOf(expired.status, said, behavior, errorCachingMinTtlSec, nowMs)
  const object = { ...expired, storedAtMs: nowMs, ...keeping, headers, etag: expired.etag, quietUntilMs: 0 }
  if (keeping === undefined) deps.store.delete(asking.key.key)
  else deps.store.set(asking.key.key, object)
  const isShareable = keeping !== undefined && keeping.freshUntilMs > nowMs
  return { kind: 'object', object, isRefreshed: true, isShareable, first: undefined }
}

function arrived(deps: ArrivalDeps, asking: Asking, origin: Response): Arrival {
  const { store, room, nowMs } = deps
  const { lookup, key } = asking
  const { behavior } = lookup
  const keeping = keepingOf(origin.status, origin.headers, behavior, lookup.errorCachingMinTtlSec, nowMs())
  const encoding = compressionFor(origin, behavior, key.parts.acceptEncoding)
  const declared = origin.headers.get('content-length')
  const cleaned = new Response(origin.body, { status: origin.status, headers: viewerHeaders(origin.headers, behavior) })
  const response = encoding === undefined ? cleaned : compressed(cleaned, encoding)
  const isTooLarge = declared !== null && Number(declared) > room.maxObjectBytes
  if (keeping === undefined || isTooLarge) {
    if (origin.status < 400 && origin.status !== 206 && origin.status !== 304) store.delete(key.key)
    return { kind: 'own', response }
  }
  const { status } = response
  const kept = keptHeaders(response.headers)
  const isShareable = asking.isShared && keeping.freshUntilMs > keeping.storedAtMs
  if (response.body === null) {
    const object = objectOf(status, kept, new Uint8Array(0), keeping)
    store.set(key.key, object)
    return { kind: 'object', object, isRefreshed: false, isShareable, first: response }
  }
  const isWhole = encoding === undefined && declared !== null
  const body = growInto(room, {
    source: isWhole ? lengthChecked(response.body, Number(declared)) : response.body,
    onWhole: (bytes) => store.set(key.key, objectOf(status, withLength(kept, bytes.byteLength), bytes, keeping)),
  })
  const first = asking.isBackground ? undefined : new Response(body.read(), { status, headers: response.headers })
  return { kind: 'arriving', status, headers: kept, body, isShareable, first }
}

/** A body that takes its room from what all arriving bodies share, and gives it back at its end. */
function growInto(
  room: ArrivalRoom,
  { source, onWhole }: { source: ReadableStream<Uint8Array>; onWhole: (bytes: Uint8Array<ArrayBuffer>) => void },
): GrowingBody {
  let taken = 0
  const giveBack = (): void => {
    room.usedBytes -= taken
    taken = 0
  }
  return growBody({
    source,
    mayHold: (bytes) => {
      if (bytes > room.maxObjectBytes || room.usedBytes - taken + bytes > room.maxBytes) return false
      room.usedBytes += bytes - taken
      taken = bytes
      return true
    },
    onWhole: (bytes) => {
      giveBack()
      onWhole(bytes)
    },
    onLost: giveBack,
  })
}

function objectOf(
  status: number,
  headers: CachedObject['headers'],
  body: Uint8Array<ArrayBuffer>,
  keeping: Keeping,
): CachedObject {
  return { kind: 'object', status, headers, body, ...keeping }
}

function withLength(headers: CachedObject['headers'], bytes: number): CachedObject['headers'] {
  return [...headers.filter(([name]) => name !== 'content-length'), ['content-length', String(bytes)]]
}
