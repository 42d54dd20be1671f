import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'
import type { CustomErrorResponse } from './distribution.ts'
import { count, list, optionalCount, optionalText, shaped } from './shapes.ts'

const responses = list(
  z.object({
    ErrorCode: count,
    ErrorCachingMinTTL: count.default(10),
    ResponseCode: optionalCount,
    ResponsePagePath: optionalText,
  }),
)

/** @source AWS CloudFront API Reference, "CustomErrorResponse"; AWS CloudFront Developer Guide, "Error pages settings" */
const ERROR_CODES = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/**
 * Custom error responses; errors are kept 10 s where nothing is said.
 * @throws ConfigurationError `malformed`: a code CloudFront has no page for, a page without a status or the reverse
 */
export function readCustomErrorResponses(written: unknown, where: string): readonly CustomErrorResponse[] {
  return shaped(responses, written, `${where}.CustomErrorResponses`).map((one, i) => {
    const at = `${where}.CustomErrorResponses[${i}]`
    if (!ERROR_CODES.includes(one.ErrorCode)) {
      throw new ConfigurationError('malformed', `${at}.ErrorCode`, `CloudFront takes ${ERROR_CODES.join(', ')}`)
    }
    if ((one.ResponseCode === undefined) !== (one.ResponsePagePath === undefined)) {
      throw new ConfigurationError('malformed', at, 'ResponseCode and ResponsePagePath go together; add the other one')
    }
    return {
      errorCode: one.ErrorCode,
      errorCachingMinTtlSec: one.ErrorCachingMinTTL,
      responsePagePath: one.ResponsePagePath,
      responseCode: one.ResponseCode,
    }
  })
}
