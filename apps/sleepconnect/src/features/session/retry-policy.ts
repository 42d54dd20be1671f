import { ApiError } from '@sax/api-contract/client'

/** A refusal stands; a service that is away is asked once more at once and then every few seconds. */
export function retriesLater(failureCount: number, error: Error): boolean {
  return isAway(error) && failureCount < 1
}

/** Time until a failed query is tried again, in milliseconds; false when trying again cannot help. */
export function recheckMs(error: Error | null): number | false {
  return error !== null && isAway(error) ? 5000 : false
}

/** True when the server did not answer, or says that it or something behind it is not well. */
export function isAway(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
}
