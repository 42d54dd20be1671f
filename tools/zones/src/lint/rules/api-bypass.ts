import type { Finding } from '../finding.ts'
import type {
  BehaviorClaim,
  HostProject,
  InspectedDistribution,
  InspectedZone,
  LintModel,
  RewriteClaim,
} from '../model.ts'
import { mayCarry } from '../proxy-sight.ts'
import { atBehavior, carriedBy, inProject, isBackend, originOf, type Rule } from './rule.ts'

/** A zone's API routes check who asks. Whoever goes around them reaches a backend that is told nothing. */
export const apiBypass: Rule = (model) => [
  ...model.hosts
    .filter(({ role }) => role === 'host')
    .flatMap((host) => model.zones.flatMap((zone) => inRewrites(host, zone, model))),
  ...model.distributions.flatMap((one) => model.zones.flatMap((zone) => inBehaviors(one, zone, model))),
]

function inRewrites(host: HostProject, zone: InspectedZone, model: LintModel): readonly Finding[] {
  const pages = host.claims.filter(({ takes }) => {
    const { plainPages, exact } = takes.get(zone.name) ?? {}
    return (plainPages ?? exact) !== undefined
  })
  const wrong = host.claims.flatMap((claim): Finding[] => {
    const witness = claim.takes.get(zone.name)?.api
    const why = witness === undefined ? undefined : bypassOf(claim, pages, zone, model)
    if (witness === undefined || why === undefined) return []
    const may = claim.conditional ? 'some requests for it may be' : 'it is'
    return [
      inProject('api-bypass', claim.conditional ? 'warning' : 'error', host, claim.place, {
        witness,
        why: `${witness} belongs to ${zone.name}, but ${may} sent to ${claim.destination.shown}: ${why}.`,
        fix: `Send it where the zone's pages go, path unchanged: destination '${pages[0]?.destination.host ? origin(pages[0]) : '<zone>'}${claim.pattern}'. If that is the zone too, name it under "domains" of ${zone.name} in ${model.zonesFile}.`,
      }),
    ]
  })
  const left = host.left.get(zone.name)?.api
  const carried = pages.some(({ destination }) => destination.host !== undefined)
  if (left === undefined || !carried || mayCarry(host.proxy, left)) return wrong
  return [
    ...wrong,
    inProject('api-bypass', 'error', host, 'rewrites()', {
      witness: left,
      why: `${left} belongs to ${zone.name}; its pages are rewritten to the zone and this path is not, so the host answers it.`,
      fix: `Add { source: '${zone.api[0]}/:path*', destination: '${pages[0] ? origin(pages[0]) : '<zone>'}${zone.api[0]}/:path*' }.`,
    }),
  ]
}

function origin({ destination }: RewriteClaim): string {
  return destination.host?.startsWith('$') ? destination.host : `https://${destination.host}`
}

function bypassOf(claim: RewriteClaim, pages: readonly RewriteClaim[], zone: InspectedZone, model: LintModel) {
  const { host, defaultHost, keepsPath } = claim.destination
  const external = pages.filter(({ destination }) => destination.host !== undefined)
  const pageHosts = external.map(({ destination }) => destination.host)
  if (host === undefined) return external.length > 0 ? 'the host answers it itself' : undefined
  if ((isBackend(host, model) || isBackend(defaultHost, model)) && !pageHosts.includes(host)) {
    return 'that is a backend, and the zone never sees the request'
  }
  if (zone.domains.length > 0) return zone.domains.includes(host) ? dropped() : 'that is none of the zone’s names'
  if (pageHosts.length > 0 && !pageHosts.includes(host)) return `the zone's pages go to ${pageHosts[0]}`
  return dropped()

  function dropped(): string | undefined {
    const zoneDropsIt = external.length > 0 && external.every(({ destination }) => !destination.keepsPath)
    return keepsPath || zoneDropsIt ? undefined : 'the path is changed on the way, so it misses the zone’s routes'
  }
}

function inBehaviors(one: InspectedDistribution, zone: InspectedZone, model: LintModel): readonly Finding[] {
  const pages = one.claims.filter(({ takes }) => takes.get(zone.name)?.plainPages !== undefined)
  return one.claims.flatMap((claim): Finding[] => {
    const witness = claim.takes.get(zone.name)?.api
    const why = witness === undefined ? undefined : wrongOrigin(one, claim, pages, zone, model)
    if (witness === undefined || why === undefined) return []
    return [
      atBehavior('api-bypass', 'error', one, claim, {
        witness,
        why: `${witness} belongs to ${zone.name}, but goes to origin ${claim.behavior.targetOriginId}: ${why}.`,
        fix: `Before it, list a behaviour ${zone.api[0]}/* whose target is the origin of the zone's pages${pages[0] ? `, ${pages[0].behavior.targetOriginId}` : ''}. If the origin is the zone's, name it under "origins" of ${zone.name} in ${model.zonesFile}.`,
      }),
    ]
  })
}

function wrongOrigin(
  one: InspectedDistribution,
  claim: BehaviorClaim,
  pages: readonly BehaviorClaim[],
  zone: InspectedZone,
  model: LintModel,
): string | undefined {
  const id = claim.behavior.targetOriginId
  const origin = originOf(one, claim)
  if (origin === undefined || zone.origins.includes(id)) return undefined
  if (origin.kind === 's3') return 'a bucket holds files and answers no API'
  if (pages.some(({ behavior }) => behavior.targetOriginId === id)) return undefined
  if (zone.domains.includes(origin.domainName) || isWhereRewritesLead(origin.domainName, zone, model)) return undefined
  if (isBackend(origin.domainName, model)) return 'that is a backend, and the zone never sees the request'
  if (zone.origins.length > 0) return 'it is none of the zone’s origins'
  const fallback = one.claims.at(-1)
  if (fallback?.behavior.targetOriginId === id) {
    return carriedBy(model.hosts, zone, 'api')
      ? undefined
      : 'the zone’s pages go elsewhere, and this origin does not carry the zone'
  }
  // One application split into several functions.
  const split = origin.kind === 'function-url' && pages.some((page) => originOf(one, page)?.kind === 'function-url')
  return split ? undefined : `the zone's pages go to ${pages[0]?.behavior.targetOriginId ?? 'another origin'}`
}

/** The host rewrites the zone's pages to this very name. */
function isWhereRewritesLead(name: string, zone: InspectedZone, { hosts }: LintModel): boolean {
  return hosts.some(({ claims }) =>
    claims.some(
      ({ takes, destination }) =>
        takes.get(zone.name)?.plainPages !== undefined && destination.host === name.toLowerCase(),
    ),
  )
}
