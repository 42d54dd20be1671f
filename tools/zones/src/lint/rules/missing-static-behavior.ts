import type { Finding } from '../finding.ts'
import type { HostProject, InspectedDistribution, InspectedZone, LintModel } from '../model.ts'
import { mayCarry } from '../proxy-sight.ts'
import { atBehavior, atDistribution, carriedBy, inProject, originOf, pageClaims, type Rule } from './rule.ts'

/** Pages without their files are pages without style and script. */
export const missingStaticBehavior: Rule = (model) => [
  ...model.hosts
    .filter(({ role }) => role === 'host')
    .flatMap((host) => model.zones.flatMap((zone) => inRewrites(host, zone, model))),
  ...model.distributions.flatMap((one) => model.zones.flatMap((zone) => inBehaviors(one, zone, model))),
]

function inRewrites(host: HostProject, zone: InspectedZone, { distributions }: LintModel): readonly Finding[] {
  const witness = host.left.get(zone.name)?.assets
  const pages = host.claims.find(
    ({ takes, destination }) => takes.get(zone.name)?.plainPages !== undefined && destination.host !== undefined,
  )
  if (witness === undefined || pages === undefined) return []
  if (mayCarry(host.proxy, witness)) return []
  // In front of the host, they may never get as far as its rewrites.
  const before = distributions.filter(({ claims }) => claims.at(-1)?.takes.get(zone.name)?.assets === undefined)
  if (distributions.length > 0 && before.length === distributions.length) return []
  const target = pages.destination.shown.slice(0, pages.destination.shown.length - pages.destination.path.length)
  return [
    inProject('missing-static-behavior', 'error', host, 'rewrites()', {
      witness,
      why: `The pages of ${zone.name} are rewritten to the zone, their files below ${zone.assetPrefix} are not: the host answers 404.`,
      fix: `Add { source: '${zone.assetPrefix}/:path*', destination: '${target}${zone.assetPrefix}/:path*' }, or a CDN behaviour ${zone.assetPrefix}/*.`,
    }),
  ]
}

function inBehaviors(one: InspectedDistribution, zone: InspectedZone, model: LintModel): readonly Finding[] {
  const fallback = one.claims.at(-1)
  const witness = fallback?.takes.get(zone.name)?.assets
  if (fallback === undefined || witness === undefined) return []
  const own = pageClaims(one, zone)
  const origin = originOf(one, fallback)
  const fix = `List a behaviour ${zone.assetPrefix}/* whose target is the bucket that holds the files of ${zone.name}.`
  const [pages] = own
  if (pages !== undefined) {
    const same = pages.behavior.targetOriginId === fallback.behavior.targetOriginId
    if (same && origin?.kind === 'custom') return []
    const works = !same && carriedBy(model.hosts, zone, 'assets')
    return [
      atBehavior('missing-static-behavior', works ? 'warning' : 'error', one, pages, {
        witness,
        why: `This distribution has behaviours for the pages of ${zone.name} but none for their files: they fall to the default behaviour, origin ${fallback.behavior.targetOriginId}${works ? ', which takes them the long way round' : ''}.`,
        fix,
      }),
    ]
  }
  // Everything goes to one function, and a bucket stands by unused for this zone.
  const hasBucket = [...one.distribution.origins.values()].some(({ kind }) => kind === 's3')
  if (origin?.kind !== 'function-url' || !hasBucket || carriedBy(model.hosts, zone, 'assets')) return []
  return [
    atDistribution('missing-static-behavior', 'error', one, {
      witness,
      why: `The files of ${zone.name} go to function ${fallback.behavior.targetOriginId}, which does not hold them.`,
      fix,
    }),
  ]
}
