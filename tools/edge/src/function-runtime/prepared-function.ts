import type { EdgeFunction } from '../config/distribution.ts'

/** @source AWS CloudFront Developer Guide, "Quotas on CloudFront Functions": maximum function size, in bytes */
export const MAX_CODE_BYTES = 10_240

/** What came of a call. `log` is what the function wrote to its console; it is never printed, for it may quote data. */
export type FunctionOutcome =
  | { readonly kind: 'returned'; readonly value: unknown; readonly log: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: 'threw' | 'too_slow' | 'too_large' }

/** A function that is ready to be called with an event. Calls share nothing. */
export type PreparedFunction = (event: object) => FunctionOutcome

/**
 * Makes a CloudFront Function callable.
 * @throws Error naming the function when it is longer than CloudFront takes or is no script.
 */
export type PrepareFunction = (edgeFunction: EdgeFunction) => PreparedFunction

/** What a realm says of a call. */
export interface CallAnswer {
  readonly kind: string
  readonly value?: unknown
  readonly log?: readonly string[]
}

/** @throws Error naming the function when it is longer than CloudFront takes. */
export function refuseLongCode({ name, code }: EdgeFunction): void {
  if (Buffer.byteLength(code) > MAX_CODE_BYTES) {
    throw new Error(`function ${name} is longer than ${MAX_CODE_BYTES} bytes`)
  }
}

export function outcomeOf({ kind, value, log = [] }: CallAnswer): FunctionOutcome {
  if (kind === 'returned') return { kind, value, log }
  return { kind: 'failed', reason: kind === 'too_large' ? 'too_large' : 'threw' }
}
