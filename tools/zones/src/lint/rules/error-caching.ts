import { witnessOf } from './host-forwarded.ts'
import { atDistribution, originOf, type Rule } from './rule.ts'

/** CloudFront's own, in seconds. @source AWS CloudFront Developer Guide, "How CloudFront processes HTTP 4xx and 5xx status codes" */
const DEFAULT_SEC = 10

/** A failure that is stored longer than CloudFront itself would outlives its cause. */
export const errorCaching: Rule = (model) =>
  model.distributions.flatMap((one) => {
    const storing = one.claims.find(
      (claim) => claim.behavior.cachePolicy.maxTtlSec > 0 && originOf(one, claim)?.kind !== 's3',
    )
    if (storing === undefined) return []
    return one.distribution.customErrorResponses
      .filter(({ errorCode, errorCachingMinTtlSec }) => errorCode >= 500 && errorCachingMinTtlSec > DEFAULT_SEC)
      .map(({ errorCode, errorCachingMinTtlSec }) =>
        atDistribution('error-caching', 'warning', one, {
          witness: witnessOf(storing, model),
          why: `A ${errorCode} under ${storing.place} is served for ${errorCachingMinTtlSec} s, also when the server has long recovered.`,
          fix: `ErrorCachingMinTTL 0 for ${errorCode}.`,
        }),
      )
  })
