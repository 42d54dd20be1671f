import type { Invoked } from '../aws/invoke.ts'

/** A runtime gives up when its heap is full, which is a little before Lambda would kill it. */
const NEARLY_ALL = 0.9

/**
 * Why a call failed, as a clause. Whoever takes too much memory is killed, or gives up, and Lambda calls it an exit like
 * any other; its report at the end of the log tells. What the function itself wrote is not repeated.
 * @source AWS Lambda Developer Guide, "Monitoring Lambda applications" (REPORT); "Lambda Telemetry API Event schema reference" (platform.report)
 */
export function failureText({ errorType, logTail }: Invoked & { readonly kind: 'failed' }): string {
  const size = megabytes(logTail, /(?:Memory Size: |"memorySizeMB":)(\d+)/g)
  const used = megabytes(logTail, /(?:Max Memory Used: |"maxMemoryUsedMB":)(\d+)/g)
  const isFull = size !== undefined && used !== undefined && used >= size * NEARLY_ALL
  const isHungry =
    errorType === 'Runtime.OutOfMemory' ||
    (errorType.startsWith('Runtime.Exit') && (isFull || logTail.includes('JavaScript heap out of memory')))
  if (isHungry) return `is killed for want of memory${size === undefined ? '' : ` (it has ${size} MB)`}`
  return errorType === 'Sandbox.Timedout' ? 'runs out of time' : `fails (${errorType})`
}

/** The last one is the platform's: everything before it the function may have written. */
function megabytes(logTail: string, pattern: RegExp): number | undefined {
  const found = [...logTail.matchAll(pattern)].at(-1)?.[1]
  return found === undefined ? undefined : Number(found)
}
