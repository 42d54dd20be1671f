import type { CachePolicySettings, OriginRequestPolicySettings } from '@sax/topology/cloudfront'
import type { CacheLookup } from '../src/caching/cache-lookup.ts'
import { createCaching } from '../src/caching/caching.ts'
import type { Behavior } from '../src/config/distribution.ts'

/** Managed policies, with their published settings. @source AWS CloudFront Developer Guide, "Use managed cache policies" */
export const optimized: CachePolicySettings = {
  name: 'Managed-CachingOptimized',
  ...{ minTtlSec: 1, defaultTtlSec: 86_400, maxTtlSec: 31_536_000 },
  headers: { behavior: 'none' },
  cookies: { behavior: 'none' },
  queryStrings: { behavior: 'none' },
  acceptEncodingGzip: true,
  acceptEncodingBrotli: true,
}
export const disabled: CachePolicySettings = {
  ...optimized,
  ...{ name: 'Managed-CachingDisabled', minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 0 },
  acceptEncodingGzip: false,
  acceptEncodingBrotli: false,
}
/** Keeps what the origin says, for a day at most; nothing but the path in the key. */
export const asSaid: CachePolicySettings = { ...disabled, name: 'as-said', maxTtlSec: 86_400 }

export const allViewerExceptHost: OriginRequestPolicySettings = {
  name: 'Managed-AllViewerExceptHostHeader',
  headers: { behavior: 'allExcept', names: ['host'] },
  cookies: { behavior: 'all' },
  queryStrings: { behavior: 'all' },
}

export function behaviorWith(cachePolicy: CachePolicySettings, rest: Partial<Behavior> = {}): Behavior {
  return {
    pathPattern: '*',
    isDefault: true,
    targetOriginId: 'pages',
    viewerProtocolPolicy: 'allow-all',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
    cachedMethods: ['GET', 'HEAD'],
    cachePolicy,
    originRequestPolicy: undefined,
    responseHeadersPolicy: undefined,
    compress: false,
    viewerRequest: undefined,
    viewerResponse: undefined,
    ...rest,
  }
}

export interface AskedOf {
  readonly method: string
  readonly own: Readonly<Record<string, string>>
  readonly viewer: Headers
  readonly isShared: boolean
}

export type Origin = (asked: AskedOf) => Response | Promise<Response>

/** Says a page first, then whatever it is told to. */
export function changing(headers: Record<string, string>) {
  let next: Origin = () => new Response('old', { headers })
  const origin: Origin = (asked) => next(asked)
  const then = (one: Origin): void => {
    next = one
  }
  return { origin, then }
}

/** What a viewer got, read to its end. */
export interface Seen {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly verdict: string
  readonly ageSec: number | undefined
}

/** A cache in front of an origin that is a function, with a clock that stands still until it is moved. */
export function site(behavior: Behavior, origin: Origin, options: { maxBytes?: number } = {}) {
  let now = Date.UTC(2026, 5, 1, 12, 0, 0)
  const asked: AskedOf[] = []
  const caching = createCaching({ maxBytes: options.maxBytes ?? 10_000_000, nowMs: () => now })
  const request = (target: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const [uri = '/', query = ''] = target.split('?')
    const { method = 'GET', headers = {} } = init
    const lookup: CacheLookup = {
      ...{ behavior, distributionId: 'host', uri, query, method, headers: new Headers(headers) },
      errorCachingMinTtlSec: () => 10,
    }
    return caching.answer(lookup, async (own, isShared) => {
      const one = { method, own: Object.fromEntries(own), viewer: lookup.headers, isShared }
      asked.push(one)
      return origin(one)
    })
  }
  const get = async (target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Seen> => {
    const { response, verdict, ageSec } = await request(target, { method, headers })
    return { status: response.status, text: await response.text(), headers: response.headers, verdict, ageSec }
  }
  const passSec = (sec: number): void => {
    now += sec * 1000
  }
  return { caching, asked, request, get, passSec }
}

/** An answer that says how long it may be kept. */
export function page(cacheControl: string, body = 'page'): Response {
  return new Response(body, { headers: { 'cache-control': cacheControl } })
}
