import { AwsError } from '../wire/aws-error.ts'
import type { FunctionState, LambdaState } from './function-state.ts'

/** Counts what runs at once, and refuses what would be too much. */
export class ConcurrencyLimits {
  readonly #running = new Map<FunctionState, number>()

  /**
   * Counts one more; the returned function counts it off again.
   * @source AWS Lambda Developer Guide, "Understanding Lambda function scaling"; AWS Lambda API Reference, "Invoke" (TooManyRequestsException)
   * @throws AwsError TooManyRequestsException
   */
  admit(state: LambdaState, fn: FunctionState): () => void {
    if (fn.reserved !== undefined) {
      if (this.#of(fn) >= fn.reserved) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded')
    } else {
      const all = state.of(fn.accountId)
      const unreserved = all.reduce((left, { reserved = 0 }) => left - reserved, state.concurrencyLimit)
      const used = all.reduce((sum, one) => (one.reserved === undefined ? sum + this.#of(one) : sum), 0)
      if (used >= unreserved) throw throttled('ConcurrentInvocationLimitExceeded')
    }
    this.#running.set(fn, this.#of(fn) + 1)
    let isCounted = true
    return () => {
      if (isCounted) this.#running.set(fn, this.#of(fn) - 1)
      isCounted = false
    }
  }

  #of(fn: FunctionState): number {
    return this.#running.get(fn) ?? 0
  }
}

function throttled(Reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason, Type: 'User' })
}
