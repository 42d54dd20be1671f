import { witnessOf } from './host-forwarded.ts'
import { atBehavior, type Rule } from './rule.ts'

/** @source AWS CloudFront Developer Guide, "Serve compressed files": the cache policy has to allow an encoding and a lifetime */
export const impossibleCompression: Rule = (model) =>
  model.distributions.flatMap((one) =>
    one.claims.flatMap((claim) => {
      const { compress, cachePolicy: policy } = claim.behavior
      const can = (policy.acceptEncodingGzip || policy.acceptEncodingBrotli) && policy.maxTtlSec > 0
      if (!compress || can || policy.name.startsWith('unknown:')) return []
      return [
        atBehavior('impossible-compression', 'warning', one, claim, {
          witness: witnessOf(claim, model),
          why: `Compress is on, but ${policy.name} lets CloudFront compress nothing: answers go out as the origin sent them.`,
          fix: 'Compress in the application, and switch Compress off here so that nobody relies on it.',
        }),
      ]
    }),
  )
