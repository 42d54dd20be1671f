import { REQUEST_ID_HEADER } from '@sax/topology'
import { cacheKey } from './caching/cache-key.ts'
import type { Behavior } from './config/distribution.ts'
import type { ViewerRequest } from './function-runtime/function-event.ts'
import type { FunctionResponse } from './function-runtime/function-result.ts'
import type { OriginFetcher, OriginRequest } from './origins/origin.ts'
import type { Refusal } from './own-answer.ts'
import type { ReadyDistribution } from './ready-distribution.ts'
import { isMethodAllowed } from './stages/allowed-methods.ts'
import { removeHopByHop } from './stages/hop-by-hop.ts'
import { signRequest } from './stages/origin-access-control.ts'
import { originRequest } from './stages/origin-request.ts'
import { isWithinLimits } from './stages/request-size.ts'
import { selectDistribution } from './stages/select-distribution.ts'
import { viewerProtocol } from './stages/viewer-protocol.ts'
import { changeOf, runViewerRequest } from './stages/viewer-request.ts'
import { behaviorTrace, type CacheTrace, type Trace } from './trace.ts'
import type { ViewerInfo } from './viewer-info.ts'

/** Addresses of origins by id. An origin that is missing here is refused, never replaced by another. */
export type OriginAddresses = Readonly<Partial<Record<string, OriginFetcher>>>

/** What becomes of a request: sent on, or answered at the door. */
export type Decision = Forward | Refused | Redirect | Generated

export interface Forward extends At {
  readonly kind: 'forward'
  readonly behavior: Behavior
  /** The viewer's request, as the function left it. */
  readonly viewer: ViewerRequest
  readonly origin: OriginFetcher
  readonly request: OriginRequest
}

interface Refused extends Partial<At> {
  readonly kind: 'refused'
  readonly refusal: Refusal
  readonly trace: Trace
  readonly behavior?: Behavior
}

interface Redirect extends At {
  readonly kind: 'redirect'
  readonly behavior: Behavior
  readonly status: 301 | 307
  readonly location: string
}

interface Generated extends At {
  readonly kind: 'generated'
  readonly behavior: Behavior
  readonly response: FunctionResponse
}

interface At {
  readonly distribution: ReadyDistribution
  readonly trace: Trace
}

export interface DecideDeps {
  readonly distributions: readonly ReadyDistribution[]
  readonly addresses: OriginAddresses
  readonly protocol: 'http' | 'https'
  /** The trace says what the function changed, the cache's key and what is sent on: no answer needs it. Default: it does not. */
  readonly isExplained?: boolean
}

/** Every step up to the origin, in CloudFront's order. `cfId` is CloudFront's own id of the request. */
export function decide(
  { distributions, addresses, protocol, isExplained = false }: DecideDeps,
  request: Request,
  info: ViewerInfo,
  cfId: string,
): Decision {
  const [path, query] = splitTarget(info.target)
  const { method } = request
  let trace: Trace = { requestId: cfId, path }
  if (!isWithinLimits(info.target.length, info.requestBytes)) return { kind: 'refused', refusal: 'too_large', trace }
  const host = request.headers.get('host')
  const distribution = selectDistribution(distributions, host)
  if (distribution === undefined || host === null) return { kind: 'refused', refusal: 'unknown_host', trace }
  trace = { ...trace, distribution: { id: distribution.id, domainName: distribution.domainName } }
  const refuse = (refusal: Refusal, behavior?: Behavior): Decision => ({
    ...{ kind: 'refused', refusal, distribution, trace },
    ...(behavior === undefined ? {} : { behavior }),
  })

  const userAgent = request.headers.get('user-agent') ?? undefined
  const inspected = { ip: info.ip, bodyBytes: declaredBytes(request.headers), userAgent }
  if (!distribution.admits(inspected)) return refuse('blocked')
  const { behavior, number } = distribution.behaviorOf(path)
  trace = { ...trace, behavior: behaviorTrace(behavior, number, distribution.behaviors.length) }
  const verdict = viewerProtocol(behavior, { protocol, method, host, target: info.target })
  if (verdict.kind === 'refused') return refuse('https_only', behavior)
  if (verdict.kind === 'redirect') return { ...verdict, distribution, behavior, trace }
  if (!isMethodAllowed(behavior, method, info.hasBody)) return refuse('method_not_allowed', behavior)

  const headers = new Headers(request.headers)
  removeHopByHop(headers)
  const asked: ViewerRequest = { method, uri: path, query, headers }
  const outcome = runViewerRequest(distribution.viewerRequestOf(behavior), asked, {
    distribution,
    requestId: cfId,
    ip: info.ip,
  })
  if (outcome.kind === 'failed') return refuse('function_failed', behavior)
  if (outcome.kind === 'invalid') return refuse('function_invalid', behavior)
  if (outcome.kind === 'response') {
    const { status, headers: made } = outcome.response
    const requestId = made.get(REQUEST_ID_HEADER) ?? cfId
    trace = { ...trace, requestId, function: { kind: 'answered', status } }
    return { kind: 'generated', response: outcome.response, distribution, behavior, trace }
  }
  const viewer = outcome.request
  trace = { ...trace, requestId: viewer.headers.get(REQUEST_ID_HEADER) ?? cfId }
  if (isExplained && behavior.viewerRequest !== undefined) {
    trace = { ...trace, function: { kind: 'changed', ...changeOf(asked, viewer) } }
  }
  const at = { distribution, behavior, trace, viewer }
  return toOrigin(at, { addresses, protocol, ip: info.ip, cfId, body: request.body, signal: info.signal, isExplained })
}

interface Sending {
  readonly addresses: OriginAddresses
  readonly protocol: 'http' | 'https'
  readonly ip: string
  readonly cfId: string
  readonly body: OriginRequest['body']
  readonly signal: AbortSignal
  readonly isExplained?: boolean
}

/** The steps from the cache key to the origin, which are the same for a viewer's request and for an error page. */
export function toOrigin(
  { distribution, behavior, trace, viewer }: Omit<Forward, 'kind' | 'origin' | 'request'>,
  { addresses, protocol, ip, cfId, body, signal, isExplained = false }: Sending,
): Decision {
  const origin = distribution.origins.get(behavior.targetOriginId)
  const address = addresses[behavior.targetOriginId]
  const told = isExplained ? { ...trace, cache: cacheTrace(viewer, behavior, distribution.id) } : trace
  if (origin === undefined || address === undefined) {
    return { kind: 'refused', refusal: 'origin_unknown', distribution, behavior, trace: told }
  }
  const facts = { ip, protocol, cfId, edgeName: distribution.edgeName }
  const sending = once(() => {
    const { target, headers, forwarded, dropped } = originRequest(viewer, behavior, origin, facts)
    const signedBy = signRequest(headers, origin, distribution.id)
    return { request: { target, method: viewer.method, headers, body, signal, signedBy }, forwarded, dropped }
  })
  const forward = {
    ...({ kind: 'forward', distribution, behavior, viewer, origin: address } as const),
    // Made when it is first looked at: what the cache answers never is.
    get request() {
      return sending().request
    },
  }
  if (!isExplained) return Object.assign(forward, { trace: told })
  const { request, forwarded, dropped } = sending()
  const [path, query] = splitTarget(request.target)
  const { id, kind, domainName } = origin
  const sent = { path, hasQuery: query !== '', signed: request.signedBy !== undefined, forwarded, dropped }
  return Object.assign(forward, { trace: { ...told, origin: { id, kind, domainName, ...sent } } })
}

function cacheTrace(viewer: ViewerRequest, behavior: Behavior, distributionId: string): CacheTrace {
  const { uncacheable, parts } = cacheKey({ ...viewer, behavior, distributionId })
  return {
    cacheable: uncacheable === undefined,
    keyHeaders: Object.keys(parts.headers),
    keyCookies: parts.cookies.map(nameOf),
    keyQueryStrings: parts.queryStrings.map(nameOf),
    keyAcceptEncoding: parts.acceptEncoding,
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Path and query of a target, as written; the query without its question mark. */
export function splitTarget(target: string): readonly [path: string, query: string] {
  const end = target.indexOf('?')
  return end === -1 ? [target, ''] : [target.slice(0, end), target.slice(end + 1)]
}

function declaredBytes(headers: Headers): number | undefined {
  const declared = headers.get('content-length')
  return declared === null ? undefined : Number(declared)
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=')
  return end === -1 ? pair : pair.slice(0, end)
}
