import { witnessOf } from './host-forwarded.ts'
import { atBehavior, originOf, type Rule } from './rule.ts'

/** A function URL that does not ask for a signature answers to everybody, past CloudFront, firewall and header rules. */
export const publicOrigin: Rule = (model) =>
  model.distributions.flatMap((one) => {
    const seen = new Set<string>()
    return one.claims.flatMap((claim) => {
      const origin = originOf(one, claim)
      if (origin?.kind !== 'function-url' || seen.has(origin.id)) return []
      seen.add(origin.id)
      const why =
        origin.grants?.authType === 'NONE'
          ? 'its AuthType is NONE'
          : origin.grants?.distributions.includes('*')
            ? 'its permissions let in anybody'
            : origin.accessControl === undefined || origin.accessControl.signingBehavior === 'never'
              ? 'requests are not signed, so it has to accept unsigned ones'
              : undefined
      if (why === undefined) return []
      return [
        atBehavior('public-origin', 'error', one, claim, {
          witness: witnessOf(claim, model),
          why: `Function URL ${origin.id} can be called around CloudFront and the firewall: ${why}.`,
          fix: 'AuthType AWS_IAM, an origin access control of type lambda, and permissions for these distributions alone; clients send x-amz-content-sha256 with every body.',
        }),
      ]
    })
  })
