import type { Logger } from '@sax/logging'
import { answer } from './answer.ts'
import type { Caching } from './caching/caching.ts'
import type { Distribution } from './config/distribution.ts'
import { type Decision, decide, type OriginAddresses } from './decide.ts'
import type { PrepareFunction } from './function-runtime/prepared-function.ts'
import { readyDistribution } from './ready-distribution.ts'
import type { ViewerInfo } from './viewer-info.ts'

export type { Decision, Forward, OriginAddresses } from './decide.ts'
export { OriginError, type OriginFetcher, type OriginRequest } from './origins/origin.ts'
export type { BehaviorTrace, CacheTrace, FunctionTrace, OriginTrace, Trace } from './trace.ts'
export type { ViewerInfo } from './viewer-info.ts'

export interface EdgeDeps {
  readonly distributions: readonly Distribution[]
  /** What answers for each origin. An origin that is missing here is refused, never replaced by another. */
  readonly addresses: OriginAddresses
  readonly caching: Caching
  /** How functions are made callable. Default: with a limit of time; the site's own can do without. */
  readonly prepareFunction?: PrepareFunction
  /** What viewers speak with this front door. */
  readonly protocol: 'http' | 'https'
  readonly log: Logger
  readonly newId: () => string
  /** Present time in milliseconds, for durations and the firewall's windows. */
  readonly nowMs: () => number
}

export interface Edge {
  /** The site's answer. Never rejects for anything a viewer or an origin does. */
  (request: Request, info: ViewerInfo): Promise<Response>
  /** The same steps up to the origin, which is not asked. Functions run, the firewall counts. */
  readonly decide: (request: Request, info: ViewerInfo) => Decision
}

/**
 * The front door: CloudFront's decisions about a request, made from the distributions' own configuration.
 * @throws Error naming a function or a path pattern that CloudFront would not take.
 */
export function createEdge(deps: EdgeDeps): Edge {
  const { distributions, addresses, caching, protocol, log, newId, nowMs } = deps
  const ready = distributions.map((distribution) => readyDistribution(distribution, nowMs, deps.prepareFunction))
  const serving = { distributions: ready, addresses, protocol }
  const explaining = { ...serving, isExplained: true }

  const edge = async (request: Request, info: ViewerInfo): Promise<Response> => {
    const startedMs = nowMs()
    const cfId = newId()
    const decision = decide(serving, request, info, cfId)
    const { method } = request
    const asked = { method, accept: request.headers.get('accept'), info, cfId }
    const { response, code } = await answer({ caching, addresses, protocol }, decision, asked)
    log.info('request', {
      requestId: decision.trace.requestId,
      method,
      path: isOurs(decision) ? decision.trace.path : undefined,
      status: response.status,
      durationMs: Math.round(nowMs() - startedMs),
      behavior: decision.behavior?.pathPattern,
      origin: decision.behavior?.targetOriginId,
      code: code ?? (decision.kind === 'generated' ? 'function_answered' : undefined),
    })
    return response
  }
  return Object.assign(edge, {
    decide: (request: Request, info: ViewerInfo) => decide(explaining, request, info, newId()),
  })
}

/** A path that nobody owns, or that our own function would not pass on, may hold anything. */
function isOurs(decision: Decision): boolean {
  return decision.kind !== 'generated' && decision.behavior !== undefined
}
