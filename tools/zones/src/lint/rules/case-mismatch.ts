import { difference, intersection, isEmpty, ofGlob } from '../../paths/path-language.ts'
import type { Finding } from '../finding.ts'
import type { HostProject, InspectedDistribution, InspectedZone, LintModel } from '../model.ts'
import { pathOf } from '../territory.ts'
import { atBehavior, inProject, pageClaims, type Rule } from './rule.ts'

/** `rewrites()` ignores case; proxies and CloudFront count it. What only one of them recognises goes around the other. */
export const caseMismatch: Rule = ({ hosts, zones, distributions }) => [
  ...hosts.flatMap((host) => zones.flatMap((zone) => aroundProxy(host, zone))),
  ...hosts.flatMap((host) => distributions.flatMap((one) => zones.flatMap((zone) => aroundBehavior(host, one, zone)))),
  ...distributions.flatMap((one) => zones.flatMap((zone) => misspelt(one, zone))),
]

function aroundProxy(host: HostProject, zone: InspectedZone): readonly Finding[] {
  const { proxy } = host
  if (proxy?.language === undefined || proxy.matcher.kind !== 'sources') return []
  const guarded = proxy.language
  return host.claims
    .filter(({ takes }) => (takes.get(zone.name)?.pages ?? takes.get(zone.name)?.api) !== undefined)
    .flatMap((claim): Finding[] => {
      const around = difference(difference(claim.language, claim.spelled), guarded)
      if (isEmpty(intersection(claim.spelled, guarded)) || isEmpty(around)) return []
      return [
        inProject('case-mismatch', 'error', host, claim.place, {
          witness: inAnotherCase(zone, around),
          why: `Rewrites ignore case and the matcher of ${proxy.file} counts it: such a path reaches ${claim.destination.shown} and never the proxy.`,
          fix: 'Carry the zone in the proxy itself (NextResponse.rewrite), or let the proxy match everything.',
        }),
      ]
    })
}

function aroundBehavior(host: HostProject, one: InspectedDistribution, zone: InspectedZone): readonly Finding[] {
  const fallback = one.claims.at(-1)
  if (fallback === undefined) return []
  const [own] = pageClaims(one, zone)
  if (own === undefined) return []
  // Only what the behaviour protects by is missed; another way to the same answer is no harm.
  const unguarded = own.behavior.viewerRequest?.code !== fallback.behavior.viewerRequest?.code
  const stored = own.behavior.cachePolicy.maxTtlSec === 0 && fallback.behavior.cachePolicy.maxTtlSec > 0
  if (!unguarded && !stored) return []
  return host.claims
    .filter(({ takes }) => takes.get(zone.name)?.plainPages !== undefined)
    .flatMap((claim): Finding[] => {
      const around = intersection(difference(claim.language, claim.spelled), fallback.effective)
      if (isEmpty(around)) return []
      return [
        inProject('case-mismatch', 'warning', host, claim.place, {
          witness: inAnotherCase(zone, around),
          why: `Rewrites ignore case and CloudFront counts it: such a path reaches the zone through the default behaviour of ${one.where}, around ${own.place}.`,
          fix: 'Refuse other spellings in a viewer-request function, or carry the zone in the proxy, which counts case.',
        }),
      ]
    })
}

function misspelt(one: InspectedDistribution, zone: InspectedZone): readonly Finding[] {
  return one.claims.flatMap((claim): Finding[] => {
    const lower = claim.pattern.toLowerCase()
    if (lower === claim.pattern || claim.behavior.isDefault) return []
    const parts = [zone.exact, zone.pages, zone.apiRoutes, ...(zone.assets === undefined ? [] : [zone.assets])]
    const meant = parts.find((part) => !isEmpty(intersection(ofGlob(lower), part)))
    if (meant === undefined || parts.some((part) => !isEmpty(intersection(claim.language, part)))) return []
    return [
      atBehavior('case-mismatch', 'error', one, claim, {
        witness: pathOf(intersection(ofGlob(lower), meant), zone),
        why: `CloudFront counts case: ${claim.pattern} matches no path of ${zone.name}.`,
        fix: `Write ${lower}.`,
      }),
    ]
  })
}

/** The zone's base path in capitals, which everybody recognises, if it is among them. */
function inAnotherCase(zone: InspectedZone, around: LintModel['zones'][number]['pages']): string {
  const capitals = intersection(around, ofGlob(`${zone.basePath.toUpperCase()}*`))
  return pathOf(isEmpty(capitals) ? around : capitals)
}
