import type { Finding } from '../finding.ts'
import type { HostProject, InspectedDistribution, InspectedZone } from '../model.ts'
import { mayCarry } from '../proxy-sight.ts'
import { alike, atBehavior, carriedBy, inProject, pageClaims, type Rule } from './rule.ts'

/** `/outreach/*` does not match `/outreach`: the zone's front page goes astray. */
export const missingExactPath: Rule = ({ hosts, zones, distributions }) => [
  ...hosts.filter(({ role }) => role === 'host').flatMap((host) => zones.flatMap((zone) => inRewrites(host, zone))),
  ...distributions.flatMap((one) => zones.flatMap((zone) => inBehaviors(one, zone, hosts))),
]

function inRewrites(host: HostProject, zone: InspectedZone): readonly Finding[] {
  const witness = host.left.get(zone.name)?.exact
  const pages = host.claims.find(
    ({ takes, destination }) => takes.get(zone.name)?.plainPages !== undefined && destination.host !== undefined,
  )
  if (witness === undefined || pages === undefined) return []
  if (mayCarry(host.proxy, witness)) return []
  const target = pages.destination.shown.slice(0, pages.destination.shown.length - pages.destination.path.length)
  return [
    inProject('missing-exact-path', 'error', host, pages.place, {
      witness,
      why: `This source takes what is below ${witness} but not ${witness} itself, which the host answers.`,
      fix: `Add { source: '${witness}', destination: '${target}${witness}' }.`,
    }),
  ]
}

function inBehaviors(
  one: InspectedDistribution,
  zone: InspectedZone,
  hosts: readonly HostProject[],
): readonly Finding[] {
  const fallback = one.claims.at(-1)
  const witness = fallback?.takes.get(zone.name)?.exact
  const pages = pageClaims(one, zone).find((claim) => fallback !== undefined && !alike(claim, fallback))
  if (fallback === undefined || witness === undefined || pages === undefined) return []
  const works = pages.behavior.targetOriginId === fallback.behavior.targetOriginId || carriedBy(hosts, zone, 'exact')
  return [
    atBehavior('missing-exact-path', works ? 'warning' : 'error', one, pages, {
      witness,
      why: `${pages.pattern} does not match ${witness}: that falls to the default behaviour, origin ${fallback.behavior.targetOriginId}${works ? ', and is treated differently from everything below it' : ''}.`,
      fix: `List a behaviour with the path pattern ${witness} beside it, otherwise the same; not ${witness}*, which takes more than the zone.`,
    }),
  ]
}
