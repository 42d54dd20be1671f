import type { ErrorBody, ErrorCode } from '@sax/api-contract'
import { carriedZones, host, isUnder, REQUEST_ID_HEADER } from '@sax/topology'
import { problemPage } from '@sax/topology/cloudfront'

/** Why the front door answers itself. Closed set. */
export type Refusal =
  | 'ambiguous_path'
  | 'too_large'
  | 'unknown_host'
  | 'misspelt_zone'
  | 'method_not_allowed'
  | 'loop'
  | 'origin_unknown'
  | 'origin_down'
  | 'origin_silent'

interface Spoken {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
}

const SPOKEN: Readonly<Record<Refusal, Spoken>> = {
  ambiguous_path: { status: 400, code: 'VALIDATION_ERROR', message: 'This address can be read in more than one way.' },
  too_large: {
    status: 413,
    code: 'VALIDATION_ERROR',
    message: 'The address or the headers of this request are too long.',
  },
  unknown_host: { status: 403, code: 'FORBIDDEN', message: 'This site does not answer to that host name.' },
  misspelt_zone: {
    status: 404,
    code: 'NOT_FOUND',
    message: 'There is nothing at this address. Capital letters count.',
  },
  method_not_allowed: { status: 403, code: 'FORBIDDEN', message: 'This address does not take that kind of request.' },
  loop: { status: 508, code: 'INTERNAL_ERROR', message: 'This request goes round in a circle.' },
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
 * nothing of the request.
 */
export function ownAnswer(refusal: Refusal, to: OwnAnswerTo): Response {
  const { status, code, message } = SPOKEN[refusal]
  const passing = PASSING.includes(refusal)
  const sentence = passing ? `${partOf(to.path)} ${message}.` : message
  const headers = new Headers({ 'cache-control': 'no-store', [REQUEST_ID_HEADER]: to.requestId })
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

function isForPeople({ path, accept }: OwnAnswerTo): boolean {
  const isApi = [host.apiPath, ...carriedZones.map((zone) => zone.apiPath)].some((prefix) => isUnder(path, prefix))
  return !isApi && (accept ?? '').includes('text/html')
}

function partOf(path: string): string {
  return carriedZones.some((zone) => isUnder(path, zone.basePath)) ? 'Outreach' : 'SleepConnect'
}
