import { type EventFacts, eventRequest, functionEvent, type ViewerRequest } from '../function-runtime/function-event.ts'
import { type FunctionResponse, requestResult } from '../function-runtime/function-result.ts'
import type { PreparedFunction } from '../function-runtime/prepared-function.ts'

/** What a function changed, by name: values may be credentials. */
export interface FunctionChange {
  readonly headersSet: readonly string[]
  readonly headersRemoved: readonly string[]
  /** The new path, when there is one. */
  readonly uri: string | undefined
  readonly queryChanged: boolean
}

export type ViewerRequestOutcome =
  | { readonly kind: 'request'; readonly request: ViewerRequest }
  | { readonly kind: 'response'; readonly response: FunctionResponse }
  /** 502: the function answered something that CloudFront does not take. */
  | { readonly kind: 'invalid' }
  /** 503: the function threw or took too long. */
  | { readonly kind: 'failed' }

/**
 * Runs the behaviour's function at viewer request. Its change of the path changes neither behaviour nor origin.
 * @source AWS CloudFront Developer Guide, "CloudFront Functions event structure"; "Restrictions on edge functions"
 */
export function runViewerRequest(
  run: PreparedFunction | undefined,
  request: ViewerRequest,
  facts: EventFacts,
): ViewerRequestOutcome {
  if (run === undefined) return { kind: 'request', request }
  const sent = eventRequest(request)
  const outcome = run(functionEvent('viewer-request', facts, sent))
  if (outcome.kind === 'failed') return { kind: 'failed' }
  const result = requestResult(outcome.value, request, sent)
  return result.kind === 'invalid' ? { kind: 'invalid' } : result.value
}

/** What a function changed of a request. */
export function changeOf(before: ViewerRequest, after: ViewerRequest): FunctionChange {
  return {
    headersSet: [...after.headers].flatMap(([name, value]) => (before.headers.get(name) === value ? [] : [name])),
    headersRemoved: [...before.headers.keys()].filter((name) => !after.headers.has(name)),
    uri: after.uri === before.uri ? undefined : after.uri,
    queryChanged: after.query !== before.query,
  }
}
