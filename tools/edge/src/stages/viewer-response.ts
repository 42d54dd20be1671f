import {
  type EventFacts,
  eventRequest,
  eventResponse,
  functionEvent,
  type ViewerRequest,
} from '../function-runtime/function-event.ts'
import { responseResult } from '../function-runtime/function-result.ts'
import type { PreparedFunction } from '../function-runtime/prepared-function.ts'

export type ViewerResponseOutcome =
  | { readonly kind: 'response'; readonly response: Response }
  /** 502 */
  | { readonly kind: 'invalid' }
  /** 503 */
  | { readonly kind: 'failed' }

/** A response with one of these statuses has no body. */
const NO_BODY = [204, 205, 304]

/**
 * Runs the behaviour's function at viewer response, for hits and misses alike. CloudFront does not run it when the
 * origin's status is 400 or above; `originStatus` is that status, before any error page took its place.
 * @source AWS CloudFront Developer Guide, "Restrictions on all edge functions", HTTP status codes
 */
export function runViewerResponse(
  run: PreparedFunction | undefined,
  request: ViewerRequest,
  response: Response,
  originStatus: number,
  facts: EventFacts,
): ViewerResponseOutcome {
  if (run === undefined || originStatus >= 400) return { kind: 'response', response }
  const sent = eventResponse(response)
  const outcome = run(functionEvent('viewer-response', facts, eventRequest(request), sent))
  if (outcome.kind === 'failed') return { kind: 'failed' }
  const result = responseResult(outcome.value, 'viewer-response', sent)
  if (result.kind === 'invalid') return { kind: 'invalid' }
  const { status, headers, body } = result.value
  if (body === undefined && status === response.status) {
    // The same response: wrapping it anew would make a stream of a body that is already there.
    for (const name of [...response.headers.keys()]) response.headers.delete(name)
    for (const [name, value] of headers) response.headers.append(name, value)
    return { kind: 'response', response }
  }
  if (body !== undefined) headers.delete('content-length')
  const kept = NO_BODY.includes(status) ? null : (body ?? response.body)
  return { kind: 'response', response: new Response(kept, { status, headers }) }
}
