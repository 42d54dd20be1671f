import { picks } from '@sax/edge/selection'
import type { BehaviorClaim, InspectedDistribution, LintModel } from '../model.ts'
import { pathOf, telling } from '../territory.ts'
import { atBehavior, isBackend, originOf, type Rule } from './rule.ts'

/**
 * Function URLs, gateways, signed buckets and other distributions are found by their own name: asked under the
 * viewer's, they answer 403. @source AWS CloudFront Developer Guide, "Use managed origin request policies"
 */
export const hostForwarded: Rule = (model) =>
  model.distributions.flatMap((one) =>
    one.claims.flatMap((claim) => {
      const what = forwardsHeader(claim, 'host') ? refuserBehind(one, claim, model) : undefined
      if (what === undefined) return []
      return [
        atBehavior('host-forwarded', 'error', one, claim, {
          witness: witnessOf(claim, model),
          why: `${claim.behavior.originRequestPolicy?.name ?? claim.behavior.cachePolicy.name} forwards the viewer's Host to ${claim.behavior.targetOriginId}, ${what}, which refuses any name but its own (403).`,
          fix: 'Use AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac), and overwrite x-forwarded-host in a viewer-request function.',
        }),
      ]
    }),
  )

/** Whether a viewer's header reaches the origin. */
export function forwardsHeader({ behavior }: BehaviorClaim, name: string): boolean {
  const selections = [behavior.cachePolicy.headers, behavior.originRequestPolicy?.headers]
  return selections.some((selection) => picks(selection, name))
}

/** A path that a behaviour gets, of a zone if it can be. */
export function witnessOf({ takes, effective }: BehaviorClaim, { zones }: LintModel): string {
  const found = telling({ takes }, zones)
  return found ?? pathOf(effective)
}

function refuserBehind(one: InspectedDistribution, claim: BehaviorClaim, model: LintModel): string | undefined {
  const origin = originOf(one, claim)
  if (origin === undefined) return undefined
  const { kind, domainName } = origin
  if (kind === 'function-url') return 'a function URL'
  if (kind === 's3') return 'a bucket'
  if (isBackend(domainName, model)) return 'an API gateway'
  if (/\.cloudfront\.net$/.test(domainName)) return 'another distribution'
  const known =
    model.names.distributionNames.has(domainName) ||
    model.distributions.some(
      ({ distribution }) => distribution !== one.distribution && distribution.aliases.includes(domainName),
    )
  return known ? 'the name of another distribution' : undefined
}
