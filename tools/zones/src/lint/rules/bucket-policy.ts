import { witnessOf } from './host-forwarded.ts'
import { atBehavior, originOf, type Rule } from './rule.ts'

/** A bucket policy names the distributions it lets in; a second distribution is easily forgotten, or overwrites the first. */
export const bucketPolicy: Rule = (model) =>
  model.distributions.flatMap((one) =>
    one.claims.flatMap((claim) => {
      const origin = originOf(one, claim)
      if (origin?.kind !== 's3' || origin.grants === undefined) return []
      const { distributions } = origin.grants
      if (distributions.includes('*') || distributions.includes(one.distribution.id)) return []
      return [
        atBehavior('bucket-policy', 'error', one, claim, {
          witness: witnessOf(claim, model),
          why: `The policy of bucket ${origin.id} lets in ${distributions.join(', ') || 'no distribution'}, not ${one.distribution.id}: every file is 403.`,
          fix: `Add the ARN of ${one.distribution.id} to AWS:SourceArn in the policy; keep the others.`,
        }),
      ]
    }),
  )
