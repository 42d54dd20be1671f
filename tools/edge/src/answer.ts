import { askOriginOf } from './ask-origin.ts'
import type { Caching } from './caching/caching.ts'
import { type Decision, type Forward, type OriginAddresses, toOrigin } from './decide.ts'
import { OriginError } from './origins/origin.ts'
import { cacheStatusOf, ownAnswer, type Refusal } from './own-answer.ts'
import { errorCachingMinTtlSec, errorPageOf } from './stages/custom-error-response.ts'
import { addOwnHeaders, type CacheStatus } from './stages/respond.ts'
import { applyResponseHeadersPolicy } from './stages/response-headers-policy.ts'
import { runViewerResponse } from './stages/viewer-response.ts'
import { bodyWithin } from './stages/waf.ts'
import type { ViewerInfo } from './viewer-info.ts'

export interface AnswerDeps {
  readonly caching: Caching
  readonly addresses: OriginAddresses
  readonly protocol: 'http' | 'https'
}

export interface Asked {
  readonly method: string
  readonly accept: string | null
  readonly info: ViewerInfo
  /** CloudFront's own id of the request. */
  readonly cfId: string
}

export interface Answer {
  readonly response: Response
  readonly cacheStatus: CacheStatus
  readonly ageSec: number | undefined
  /** Why the front door answered itself, if it did. */
  readonly code?: Refusal
}

/** The steps from a decision to the viewer: cache and origin, error page, headers policy, function, CloudFront's own headers. */
export async function answer(deps: AnswerDeps, decision: Decision, asked: Asked): Promise<Answer> {
  const own = (refusal: Refusal): Answer => {
    const { path, requestId } = decision.trace
    const response = ownAnswer(refusal, { path, requestId, accept: asked.accept, method: asked.method })
    return { response, cacheStatus: cacheStatusOf(refusal), ageSec: undefined, code: refusal }
  }
  const first = await firstAnswer(deps, decision, own)
  const shown = underPolicy(await withErrorPage(deps, decision, first, asked), decision)
  const last = await afterFunction(shown, decision, first.response.status, asked, own)
  const edgeName = decision.distribution?.edgeName ?? 'unknown.cloudfront.net'
  addOwnHeaders(last.response.headers, last.response.status, { ...last, edgeName, cfId: asked.cfId })
  return last
}

async function firstAnswer(deps: AnswerDeps, decision: Decision, own: (refusal: Refusal) => Answer): Promise<Answer> {
  if (decision.kind === 'refused') return own(decision.refusal)
  if (decision.kind === 'redirect') {
    const headers = { location: decision.location, server: 'CloudFront', 'content-length': '0' }
    const response = new Response(null, { status: decision.status, headers })
    return { response, cacheStatus: 'Redirect', ageSec: undefined }
  }
  if (decision.kind === 'generated') {
    const { status, headers, body } = decision.response
    if (!headers.has('server')) headers.set('server', 'CloudFront')
    const response = new Response(body ?? null, { status, headers })
    return { response, cacheStatus: 'FunctionGeneratedResponse', ageSec: undefined }
  }
  try {
    const inspected = await withInspectedBody(decision)
    return inspected === undefined ? own('blocked') : await throughCaching(deps, inspected)
  } catch (error) {
    if (!(error instanceof OriginError)) throw error
    return own(error.code)
  }
}

async function throughCaching({ caching }: AnswerDeps, forward: Forward): Promise<Answer> {
  const { viewer, behavior, distribution } = forward
  const errors = distribution.customErrorResponses
  const { response, verdict, ageSec } = await caching.answer(
    {
      ...viewer,
      behavior,
      distributionId: distribution.id,
      errorCachingMinTtlSec: (status) => errorCachingMinTtlSec(errors, status),
    },
    askOriginOf(forward),
  )
  return { response, cacheStatus: verdict, ageSec }
}

/** A body that does not say how long it is has to be looked at before it may pass the firewall. */
async function withInspectedBody(forward: Forward): Promise<Forward | undefined> {
  const rule = forward.distribution.firewall?.bodySize
  if (rule?.action !== 'block') return forward
  const { request } = forward
  if (request.body === null || request.headers.has('content-length')) return forward
  const body = await bodyWithin(request.body, rule.limitBytes)
  return body === undefined ? undefined : { ...forward, request: { ...request, body } }
}

/**
 * The distribution's page for an error, in the error's place. When the page itself cannot be had, the error stands.
 * What a function made is not replaced: that it is not, is documented only second-hand.
 */
async function withErrorPage(deps: AnswerDeps, decision: Decision, first: Answer, asked: Asked): Promise<Answer> {
  const { distribution, trace } = decision
  const page = errorPageOf(distribution?.customErrorResponses ?? [], first.response.status)
  if (distribution === undefined || page === undefined || decision.kind === 'generated') return first
  const { behavior } = distribution.behaviorOf(page.path)
  const method = asked.method === 'HEAD' ? 'HEAD' : 'GET'
  const viewer = { method, uri: page.path, query: '', headers: new Headers() }
  const { ip, signal } = asked.info
  const sending = { ...deps, ip, signal, cfId: asked.cfId, body: null }
  const forward = toOrigin({ distribution, behavior, trace, viewer }, sending)
  const fetched = forward.kind === 'forward' ? await throughCaching(deps, forward).catch(originFailed) : undefined
  if (fetched === undefined) return first
  if (fetched.response.status !== 200) {
    await fetched.response.body?.cancel()
    return first
  }
  await first.response.body?.cancel()
  const { body, headers } = fetched.response
  return { ...first, response: new Response(body, { status: page.status, headers }) }
}

function originFailed(error: unknown): undefined {
  if (!(error instanceof OriginError)) throw error
}

function underPolicy(shown: Answer, { behavior }: Decision): Answer {
  applyResponseHeadersPolicy(shown.response.headers, behavior?.responseHeadersPolicy)
  return shown
}

async function afterFunction(
  shown: Answer,
  decision: Decision,
  originStatus: number,
  { cfId, info }: Asked,
  own: (refusal: Refusal) => Answer,
): Promise<Answer> {
  if (decision.kind !== 'forward') return shown
  const { distribution, behavior, viewer } = decision
  const run = distribution.viewerResponseOf(behavior)
  const facts = { distribution, requestId: cfId, ip: info.ip }
  const outcome = runViewerResponse(run, viewer, shown.response, originStatus, facts)
  if (outcome.kind === 'response') return { ...shown, response: outcome.response }
  await shown.response.body?.cancel()
  return underPolicy(own(outcome.kind === 'invalid' ? 'function_invalid' : 'function_failed'), decision)
}
