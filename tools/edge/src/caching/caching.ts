import { originAcceptEncoding } from './accept-encoding.ts'
import { answerFromCache } from './answer-from-cache.ts'
import { type Arrival, type Asking, askForArrival } from './arrival.ts'
import { type CacheKey, type CacheKeyParts, cacheKey } from './cache-key.ts'
import type { AskOrigin, CachedAnswer, CacheLookup } from './cache-lookup.ts'
import { invalidationOf } from './invalidation.ts'
import { forwardsCookies } from './set-cookie.ts'
import { type CachedObject, createStore, type Kept } from './store.ts'
import { viewerHeaders } from './viewer-headers.ts'

export type { AskOrigin, CachedAnswer, CacheLookup } from './cache-lookup.ts'

export interface Caching {
  /** The answer to a request, from what is kept or from the origin. @throws what askOrigin throws. */
  answer(lookup: CacheLookup, askOrigin: AskOrigin): Promise<CachedAnswer>
  /** Forgets what these paths name, and keeps nothing of it that is on its way already. */
  invalidate(paths: readonly string[]): void
  /** What is kept, in bytes. */
  readonly bytes: number
  /** Resolves when no object is being renewed behind a viewer's back. */
  settled(): Promise<void>
}

export interface CachingOptions {
  readonly maxBytes: number
  /** Present time in milliseconds since 1970: it is compared with dates that origins send. */
  readonly nowMs: () => number
}

/** Own limit, against one object driving out all others. */
const LARGEST_SHARE = 4
const LARGEST_OBJECT_BYTES = 16 * 1024 * 1024

/**
 * CloudFront's cache: keeps answers under their key for as long as policy and origin say, in at most `maxBytes`, oldest
 * out. Identical requests that miss at once wait for the first, unless the behaviour forwards cookies.
 * @source AWS CloudFront Developer Guide, "Simultaneous requests for the same object (request collapsing)"
 */
export function createCaching({ maxBytes, nowMs }: CachingOptions): Caching {
  const store = createStore(maxBytes)
  const maxObjectBytes = Math.min(Math.floor(maxBytes / LARGEST_SHARE), LARGEST_OBJECT_BYTES)
  const room = { maxObjectBytes, maxBytes, usedBytes: 0 }
  const arrivals = new Map<string, Promise<Arrival>>()
  const renewals = new Set<Promise<void>>()
  const asks = new Set<{ readonly key: CacheKey; isVoid: boolean }>()

  /** What was asked for before an invalidation is not kept after it. */
  const ask = (asking: Asking): Promise<Arrival> => {
    const running = { key: asking.key, isVoid: false }
    asks.add(running)
    const own = { ...store, bytes: 0, set: (key: string, kept: Kept) => void (running.isVoid || store.set(key, kept)) }
    const arrival = askForArrival({ store: own, nowMs, room }, asking)
    const over = () => asks.delete(running)
    arrival.then((what) => (what.kind === 'arriving' ? void what.body.ended.then(over, over) : over()), over)
    return arrival
  }

  /** Asks, and lets those who come meanwhile find it. */
  const lead = (asking: Asking): Promise<Arrival> => {
    const { key } = asking.key
    const arrival = ask(asking)
    arrivals.set(key, arrival)
    const forget = (): void => {
      if (arrivals.get(key) === arrival) arrivals.delete(key)
    }
    arrival.then(
      (what) => (what.kind === 'arriving' && what.isShareable ? what.body.ended.then(forget) : forget()),
      forget,
    )
    return arrival
  }

  /** What goes wrong here is met again, in the open, by the next request that finds the object expired. */
  const renewInBackground = (asking: Asking): void => {
    if (arrivals.has(asking.key.key)) return
    const renewal = lead(asking).then(
      (what) =>
        what.kind === 'own' ? what.response.body?.cancel() : what.kind === 'arriving' ? what.body.ended : undefined,
      () => undefined,
    )
    renewals.add(renewal)
    void renewal.finally(() => renewals.delete(renewal))
  }

  const fromKept = (object: CachedObject, lookup: CacheLookup): CachedAnswer => ({
    response: answerFromCache(object, lookup.method, lookup.headers),
    verdict: object.status >= 400 ? 'Error' : 'Hit',
    ageSec: Math.max(0, Math.floor((nowMs() - object.storedAtMs) / 1000)),
  })

  const asAsker = (arrival: Arrival, lookup: CacheLookup): CachedAnswer => {
    if (arrival.kind === 'object' && arrival.isRefreshed) {
      return { ...fromKept(arrival.object, lookup), verdict: 'RefreshHit' }
    }
    const response = arrival.kind === 'own' ? arrival.response : arrival.first
    if (response === undefined) throw new Error('an answer without a viewer was given to one')
    return { response, verdict: response.status >= 400 ? 'Error' : 'Miss', ageSec: undefined }
  }

  /** A later request's share of an answer that an earlier one asked for; undefined: it must ask for itself. */
  const asFollower = async (arrival: Arrival, lookup: CacheLookup, key: string): Promise<CachedAnswer | undefined> => {
    if (arrival.kind === 'own' || !arrival.isShareable) return undefined
    if (arrival.kind === 'object') return fromKept(arrival.object, lookup)
    if (isForPart(lookup.headers)) {
      await arrival.body.ended
      const kept = store.get(key)
      return kept?.kind === 'object' && nowMs() < kept.freshUntilMs ? fromKept(kept, lookup) : undefined
    }
    const body = arrival.body.read()
    if (body === undefined) return undefined
    const { status, headers } = arrival
    const response = new Response(body, { status, headers: headers as [string, string][] })
    return { response, verdict: status >= 400 ? 'Error' : 'Hit', ageSec: 0 }
  }

  const answer = async (lookup: CacheLookup, askOrigin: AskOrigin): Promise<CachedAnswer> => {
    const key = cacheKey(lookup)
    if (key.uncacheable !== undefined) return passedOn(lookup, askOrigin)
    const kept = store.get(key.key)
    const now = nowMs()
    const usable = usableNow(kept, now) ?? (lookup.method === 'HEAD' ? freshGet(lookup, now) : undefined)
    const asking: Asking = { lookup, key, kept, askOrigin, isShared: true, isBackground: false }
    if (usable !== undefined) {
      if (usable === kept && isRenewable(usable, now)) renewInBackground({ ...asking, isBackground: true })
      return fromKept(usable, lookup)
    }
    const alone: Asking = { ...asking, isShared: false }
    if (forwardsCookies(lookup.behavior)) return asAsker(await ask(alone), lookup)
    const earlier = arrivals.get(key.key)
    if (earlier !== undefined) {
      return (await asFollower(await earlier, lookup, key.key)) ?? asAsker(await ask(alone), lookup)
    }
    const isLeader = kept?.kind === 'object' || !isForPart(lookup.headers)
    return asAsker(await (isLeader ? lead(asking) : ask(alone)), lookup)
  }

  const freshGet = (lookup: CacheLookup, now: number): CachedObject | undefined =>
    usableNow(store.get(cacheKey({ ...lookup, method: 'GET' }).key), now)

  return {
    answer,
    invalidate: (paths) => {
      const isInvalid = invalidationOf(paths)
      for (const key of store.keys()) if (isInvalid(JSON.parse(key) as CacheKeyParts)) store.delete(key)
      for (const running of asks) {
        if (!isInvalid(running.key.parts)) continue
        running.isVoid = true
        arrivals.delete(running.key.key)
      }
    },
    get bytes() {
      return store.bytes
    },
    settled: async () => {
      await Promise.all(renewals)
    },
  }
}

/**
 * What may be served without asking: a fresh object, one that may be renewed later, one whose origin just failed.
 * @throws the remembered failure of an origin, while it counts.
 */
function usableNow(kept: Kept | undefined, now: number): CachedObject | undefined {
  if (kept === undefined) return undefined
  if (kept.kind === 'failure') {
    if (now < kept.freshUntilMs) throw kept.error
    return undefined
  }
  return now < kept.freshUntilMs || now < kept.revalidatedUntilMs || now < kept.quietUntilMs ? kept : undefined
}

/** Past its lifetime, and its origin is not known to fail. */
function isRenewable(object: CachedObject, now: number): boolean {
  return now >= object.freshUntilMs && now >= object.quietUntilMs
}

/** A request whose answer may be no whole object: nobody else should wait for it. */
function isForPart(headers: Headers): boolean {
  return ['range', 'if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since'].some((one) =>
    headers.has(one),
  )
}

/** Straight through: not kept, not copied, at the viewer's pace. */
async function passedOn(lookup: CacheLookup, askOrigin: AskOrigin): Promise<CachedAnswer> {
  const own = new Headers()
  const encoding = originAcceptEncoding(lookup.behavior.cachePolicy, lookup.headers)
  if (encoding !== undefined) own.set('accept-encoding', encoding)
  const { status, body, headers } = await askOrigin(own, false)
  const response = new Response(body, { status, headers: viewerHeaders(headers, lookup.behavior) })
  return { response, verdict: status >= 400 ? 'Error' : 'Miss', ageSec: undefined }
}
