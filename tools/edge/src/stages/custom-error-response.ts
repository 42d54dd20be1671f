import type { CustomErrorResponse } from '../config/distribution.ts'

/** @source AWS CloudFront Developer Guide, "Generate custom error responses": 412, for one, has no page */
const REPLACEABLE = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/** @source AWS CloudFront Developer Guide, "Control how long CloudFront caches errors", default in seconds */
const DEFAULT_ERROR_CACHING_SEC = 10

/** A page that takes the place of an error, fetched through the behaviour of its path. `status` replaces the error's. */
export interface ErrorPage {
  readonly path: string
  readonly status: number
}

/** The page that a distribution shows instead of this status, if it has one. */
export function errorPageOf(errors: readonly CustomErrorResponse[], status: number): ErrorPage | undefined {
  if (!REPLACEABLE.includes(status)) return undefined
  const found = errors.find(({ errorCode }) => errorCode === status)
  if (found?.responsePagePath === undefined) return undefined
  return { path: found.responsePagePath, status: found.responseCode ?? status }
}

/** Seconds an error is kept at least. */
export function errorCachingMinTtlSec(errors: readonly CustomErrorResponse[], status: number): number {
  return errors.find(({ errorCode }) => errorCode === status)?.errorCachingMinTtlSec ?? DEFAULT_ERROR_CACHING_SEC
}
