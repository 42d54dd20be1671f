import type { Behavior } from './config/distribution.ts'
import type { FunctionChange } from './stages/viewer-request.ts'

/**
 * The way of a request through the front door, as far as it came. Names only: no header value, no cookie, no query is
 * part of it, for each may be a credential.
 */
export interface Trace {
  readonly requestId: string
  /** As asked for; may be anything when no behaviour of ours took it. */
  readonly path: string
  readonly distribution?: { readonly id: string; readonly domainName: string }
  readonly behavior?: BehaviorTrace
  readonly function?: FunctionTrace
  readonly cache?: CacheTrace
  readonly origin?: OriginTrace
}

export interface BehaviorTrace {
  /** Place in CloudFront's order, from 1; the default behaviour is the last. */
  readonly number: number
  readonly count: number
  readonly pathPattern: string
  readonly isDefault: boolean
  readonly targetOriginId: string
  readonly cachePolicy: string
  readonly originRequestPolicy: string | undefined
  readonly responseHeadersPolicy: string | undefined
  readonly viewerRequest: string | undefined
  readonly viewerResponse: string | undefined
}

export type FunctionTrace =
  | ({ readonly kind: 'changed' } & FunctionChange)
  | { readonly kind: 'answered'; readonly status: number }

export interface CacheTrace {
  /** False: the answer is never kept. */
  readonly cacheable: boolean
  /** Beside distribution, path and method. */
  readonly keyHeaders: readonly string[]
  readonly keyCookies: readonly string[]
  readonly keyQueryStrings: readonly string[]
  readonly keyAcceptEncoding: string | undefined
}

export interface OriginTrace {
  readonly id: string
  readonly kind: 'custom' | 'function-url' | 's3'
  readonly domainName: string
  /** Path asked of the origin, without the query. */
  readonly path: string
  readonly hasQuery: boolean
  /** True when origin access control signs. */
  readonly signed: boolean
  readonly forwarded: readonly string[]
  readonly dropped: readonly string[]
}

export function behaviorTrace(behavior: Behavior, number: number, count: number): BehaviorTrace {
  const { pathPattern, isDefault, targetOriginId } = behavior
  return {
    number,
    count,
    pathPattern,
    isDefault,
    targetOriginId,
    cachePolicy: behavior.cachePolicy.name,
    originRequestPolicy: behavior.originRequestPolicy?.name,
    responseHeadersPolicy: behavior.responseHeadersPolicy?.name,
    viewerRequest: behavior.viewerRequest?.name,
    viewerResponse: behavior.viewerResponse?.name,
  }
}
