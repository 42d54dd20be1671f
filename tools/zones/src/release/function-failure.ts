import type { Invoked } from '../aws/invoke.ts'

/** @source AWS Lambda Developer Guide, "Monitoring Lambda applications": the REPORT line */
const MEMORY = /\tMemory Size: (\d+) MB\tMax Memory Used: (\d+) MB/

/**
 * Why a call failed, as a clause. Lambda kills what takes too much memory and calls it an exit like any other; the last
 * line of its log tells. What the function itself wrote is not repeated.
 */
export function failureText({ errorType, logTail }: Invoked & { readonly kind: 'failed' }): string {
  const [, size, used] = (MEMORY.exec(logTail) ?? []).map(Number)
  const isFull = errorType.startsWith('Runtime.Exit') && size !== undefined && used !== undefined && used >= size
  if (isFull || errorType === 'Runtime.OutOfMemory' || logTail.includes('JavaScript heap out of memory')) {
    return `is killed for want of memory${size === undefined ? '' : ` (it has ${size} MB)`}`
  }
  return errorType === 'Sandbox.Timedout' ? 'runs out of time' : `fails (${errorType})`
}
