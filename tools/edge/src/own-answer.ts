import type { ErrorBody, ErrorCode } from '@sax/api-contract'
import { carriedZones, host, isUnder, REQUEST_ID_HEADER } from '@sax/topology'
import { problemPage } from '@sax/topology/cloudfront'
import type { CacheStatus } from './stages/respond.ts'

/** Why the front door answers itself. Closed set. */
export type Refusal =
  | 'too_large'
  | 'unknown_host'
  | 'blocked'
  | 'https_only'
  | 'method_not_allowed'
  | 'function_invalid'
  | 'function_failed'
  | 'origin_unknown'
  | 'origin_down'
  | 'origin_silent'

interface Spoken {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
}

/** @source AWS CloudFront Developer Guide, "Troubleshoot error response status codes in CloudFront" */
const SPOKEN: Readonly<Record<Refusal, Spoken>> = {
  too_large: {
    status: 413,
    code: 'VALIDATION_ERROR',
    message: 'The address or the headers of this request are too long.',
  },
  unknown_host: { status: 403, code: 'FORBIDDEN', message: 'This site does not answer to that host name.' },
  blocked: { status: 403, code: 'FORBIDDEN', message: 'This request is too large, or one of too many.' },
  https_only: { status: 403, code: 'FORBIDDEN', message: 'This address is only reached by https.' },
  method_not_allowed: { status: 403, code: 'FORBIDDEN', message: 'This address does not take that kind of request.' },
  function_invalid: { status: 502, code: 'INTERNAL_ERROR', message: 'The front door made a mistake.' },
  function_failed: { status: 503, code: 'INTERNAL_ERROR', message: 'The front door made a mistake.' },
  origin_unknown: { status: 502, code: 'UPSTREAM_UNAVAILABLE', message: 'Nothing is set up to answer this address.' },
  origin_down: { status: 502, code: 'UPSTREAM_UNAVAILABLE', message: 'is not answering' },
  origin_silent: { status: 504, code: 'UPSTREAM_UNAVAILABLE', message: 'takes too long to answer' },
}

/** Refusals of things that pass by themselves: the page for people tries again. */
const PASSING: readonly Refusal[] = ['origin_down', 'origin_silent']

export interface OwnAnswerTo {
  /** Path as asked for; may be anything when it is what was refused. */
  readonly path: string
  readonly accept: string | null
  readonly method: string
  readonly requestId: string
}

/**
 * The front door's own answer: the product's error shape for programs, a page for people. Never stored, and it quotes
 * nothing of the request. CloudFront would send a page of its own; status and headers are the same.
 */
export function ownAnswer(refusal: Refusal, to: OwnAnswerTo): Response {
  const { status, code, message } = SPOKEN[refusal]
  const passing = PASSING.includes(refusal)
  const sentence = passing ? `${partOf(to.path)} ${message}.` : message
  const headers = new Headers({ 'cache-control': 'no-store', server: 'CloudFront', [REQUEST_ID_HEADER]: to.requestId })
  if (passing) headers.set('retry-after', '3')
  if (isForPeople(to)) {
    const page = problemPage({ title: sentence, retries: passing && to.method === 'GET', requestId: to.requestId })
    headers.set('content-type', 'text/html; charset=utf-8')
    headers.set('content-security-policy', page.contentSecurityPolicy)
    headers.set('x-content-type-options', 'nosniff')
    return new Response(page.html, { status, headers })
  }
  headers.set('content-type', 'application/json')
  const body: ErrorBody = {
    code,
    message: passing ? `${sentence} Try again in a moment.` : sentence,
    requestId: to.requestId,
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** What X-Cache says of a refusal. */
export function cacheStatusOf(refusal: Refusal): CacheStatus {
  if (refusal === 'function_invalid') return 'FunctionValidationError'
  return refusal === 'function_failed' ? 'FunctionExecutionError' : 'Error'
}

function isForPeople({ path, accept }: OwnAnswerTo): boolean {
  const isApi = [host.apiPath, ...carriedZones.map((zone) => zone.apiPath)].some((prefix) => isUnder(path, prefix))
  return !isApi && (accept ?? '').includes('text/html')
}

function partOf(path: string): string {
  return carriedZones.some((zone) => isUnder(path, zone.basePath)) ? 'Outreach' : 'SleepConnect'
}
