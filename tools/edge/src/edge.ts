import type { Logger } from '@sax/logging'
import { type CacheBehavior, type Distribution, HOP_HEADER, type OriginId, REQUEST_ID_HEADER } from '@sax/topology'
import { type OwnAnswerTo, ownAnswer, type Refusal } from './own-answer.ts'
import { requestIdOf } from './request-id.ts'
import { isMethodAllowed } from './stages/allowed-methods.ts'
import { countHops } from './stages/count-hops.ts'
import { behaviorMatcher } from './stages/match-behavior.ts'
import { originRequestHeaders, originRequestTarget } from './stages/origin-request.ts'
import { ambiguityOf, pathOf } from './stages/refuse-ambiguous-target.ts'
import { isWithinLimits } from './stages/request-size.ts'
import { viewerResponseHeaders } from './stages/respond.ts'
import { selectDistribution } from './stages/select-distribution.ts'
import { isMisspeltZonePath, runViewerRequest } from './stages/viewer-request.ts'

/** What a Request cannot say because it is a parsed one. */
export interface ViewerInfo {
  /** The request line's own text: `/path?query`, not resolved, not decoded. */
  readonly target: string
  readonly ip: string
  /** Bytes of request line and headers as sent. */
  readonly requestBytes: number
  /** True when the request declares a body, also on a GET (whose Request then has none). */
  readonly hasBody: boolean
  /** Aborted when the viewer goes away. */
  readonly signal: AbortSignal
}

export interface OriginRequest {
  readonly origin: URL
  /** Path and query, to be sent as they are. */
  readonly target: string
  readonly method: string
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array> | null
  readonly signal: AbortSignal
}

/** Why no answer came from an origin. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
  readonly code: 'origin_down' | 'origin_silent'
  constructor(code: 'origin_down' | 'origin_silent', options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

export interface EdgeDeps {
  readonly distributions: readonly Distribution[]
  /** Where each origin answers. An origin that is missing here is refused, never replaced by another. */
  readonly origins: Readonly<Partial<Record<OriginId, URL>>>
  readonly scheme: 'http' | 'https'
  /** Asks an origin. @throws OriginError when no answer comes. */
  readonly fetchOrigin: (request: OriginRequest) => Promise<Response>
  readonly log: Logger
  readonly newId: () => string
  /** Present time in milliseconds, for durations. */
  readonly nowMs: () => number
}

/** What becomes of a request: sent on, or answered at the door. */
export type Decision =
  | {
      readonly kind: 'forward'
      readonly requestId: string
      readonly path: string
      readonly behavior: CacheBehavior
      readonly request: OriginRequest
    }
  | {
      readonly kind: 'refused'
      readonly requestId: string
      readonly path: string
      readonly refusal: Refusal
      readonly behavior?: CacheBehavior
    }

export interface Edge {
  /** The site's answer. Never rejects for anything a viewer or an origin does. */
  (request: Request, info: ViewerInfo): Promise<Response>
  /** The same decisions without asking the origin. */
  readonly decide: (request: Request, info: ViewerInfo) => Decision
}

/**
 * The front door: CloudFront's decisions about a request, made from the topology's distributions.
 * @throws Error when two behaviours of a distribution dispute a path.
 */
export function createEdge(deps: EdgeDeps): Edge {
  const { distributions, origins, fetchOrigin, log, newId, nowMs, scheme } = deps
  const matchers = new Map(distributions.map((distribution) => [distribution, behaviorMatcher(distribution)]))

  const decide = (request: Request, info: ViewerInfo): Decision => {
    const { target } = info
    const headers = new Headers(request.headers)
    const requestId = requestIdOf(headers.get(REQUEST_ID_HEADER), newId)
    const path = pathOf(target)
    const refuse = (refusal: Refusal, behavior?: CacheBehavior): Decision => ({
      ...{ kind: 'refused', requestId, path, refusal },
      ...(behavior === undefined ? {} : { behavior }),
    })
    if (!isWithinLimits(target.length, info.requestBytes)) return refuse('too_large')
    const viewerHost = headers.get('host')
    const distribution = selectDistribution(distributions, viewerHost)
    const behaviorOf = distribution && matchers.get(distribution)
    if (behaviorOf === undefined || viewerHost === null) return refuse('unknown_host')
    if (ambiguityOf(target) !== undefined) return refuse('ambiguous_path')
    const behavior = behaviorOf(path)
    if (!isMethodAllowed(behavior, request.method, info.hasBody)) return refuse('method_not_allowed', behavior)
    const hops = countHops(headers.get(HOP_HEADER))
    if (hops === undefined) return refuse('loop', behavior)
    if (isMisspeltZonePath(path)) return refuse('misspelt_zone', behavior)
    runViewerRequest(headers, behavior, viewerHost)
    const origin = origins[behavior.targetOriginId]
    if (origin === undefined) return refuse('origin_unknown', behavior)
    return {
      kind: 'forward',
      requestId,
      path,
      behavior,
      request: {
        origin,
        target: originRequestTarget(target, path, behavior),
        method: request.method,
        headers: originRequestHeaders(headers, behavior, { ip: info.ip, scheme, requestId, hops }),
        body: request.body,
        signal: info.signal,
      },
    }
  }

  const answer = async (request: Request, decision: Decision): Promise<Response> => {
    const { requestId, path } = decision
    const to: OwnAnswerTo = { path, accept: request.headers.get('accept'), method: request.method, requestId }
    if (decision.kind === 'refused') return ownAnswer(decision.refusal, to)
    try {
      const response = await fetchOrigin(decision.request)
      const { status, body } = response
      return new Response(body, { status, headers: viewerResponseHeaders(response.headers, path, requestId) })
    } catch (error) {
      if (!(error instanceof OriginError)) throw error
      return ownAnswer(error.code, to)
    }
  }

  const edge = async (request: Request, info: ViewerInfo): Promise<Response> => {
    const startedMs = nowMs()
    const decision = decide(request, info)
    const response = await answer(request, decision)
    log.info('request', {
      requestId: decision.requestId,
      method: request.method,
      // A path that nobody owns may hold anything.
      path: decision.behavior === undefined ? undefined : decision.path,
      status: response.status,
      durationMs: Math.round(nowMs() - startedMs),
      behavior: decision.behavior?.pathPattern,
      origin: decision.behavior?.targetOriginId,
      code: decision.kind === 'refused' ? decision.refusal : undefined,
    })
    return response
  }
  return Object.assign(edge, { decide })
}
