import type { KeyedRequest } from './cache-key.ts'

/** A request as caching sees it. */
export interface CacheLookup extends KeyedRequest {
  /** The distribution's error caching minimum for a status; 10 where it says nothing. */
  readonly errorCachingMinTtlSec: (status: number) => number
}

export interface CachedAnswer {
  readonly response: Response
  readonly verdict: 'Miss' | 'Hit' | 'RefreshHit' | 'Error'
  /** Whole seconds since the origin was heard about it; undefined for what comes from the origin now. */
  readonly ageSec: number | undefined
}

/**
 * Asks the origin. `own` are headers caching sets: they win over the viewer's, and with an `if-none-match` or
 * `if-modified-since` among them all of the viewer's own conditions and its Range are left out. When `isShared`, others may
 * wait for the same answer: the asker's going away must not cut it. Caching cuts the body itself once nobody reads it.
 * @throws OriginError when no answer comes.
 */
export type AskOrigin = (own: Headers, isShared: boolean) => Promise<Response>
