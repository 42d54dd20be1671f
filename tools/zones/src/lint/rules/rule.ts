import type { Finding, RuleId, Severity } from '../finding.ts'
import type { BehaviorClaim, HostProject, InspectedDistribution, InspectedZone, LintModel, Shares } from '../model.ts'

/** A judgement over the whole model; pure. */
export type Rule = (model: LintModel) => readonly Finding[]

type Said = Pick<Finding, 'witness' | 'why' | 'fix'>

export function atBehavior(
  rule: RuleId,
  severity: Severity,
  { file, where }: InspectedDistribution,
  { place }: Pick<BehaviorClaim, 'place'>,
  said: Said,
): Finding {
  return { rule, severity, file, where: `${where}, ${place}`, ...said }
}

export function atDistribution(
  rule: RuleId,
  severity: Severity,
  { file, where }: InspectedDistribution,
  said: Said,
): Finding {
  return { rule, severity, file, where, ...said }
}

export function inProject(
  rule: RuleId,
  severity: Severity,
  { file }: Pick<HostProject, 'file'>,
  place: string,
  said: Said,
): Finding {
  return { rule, severity, file, where: place === '' ? file : `${file}: ${place}`, ...said }
}

/**
 * Whether a distribution is there for a zone: it has a pattern of the zone's own, or none of anybody's. What falls to the
 * default behaviour of another zone's distribution is asked there by nobody.
 */
function serves(
  { claims, distribution }: InspectedDistribution,
  zone: InspectedZone,
  all: readonly InspectedZone[],
): boolean {
  const others = all.filter((other) => other !== zone)
  if (others.some(({ domains }) => distribution.aliases.some((alias) => domains.includes(alias)))) return false
  const own = claims.filter(({ behavior, pattern }) => !behavior.isDefault && !/^\/?\*$/.test(pattern))
  const touches = ({ name }: InspectedZone) =>
    own.some(({ takes }) => Object.values(takes.get(name) ?? {}).some((path) => path !== undefined))
  return touches(zone) || !others.some(touches)
}

/** Every behaviour of every distribution that gets something of a zone it is there for. */
export function takers({ distributions, zones, hostZone }: LintModel): readonly {
  readonly of: InspectedDistribution
  readonly claim: BehaviorClaim
  readonly zone: InspectedZone
  readonly takes: Shares
}[] {
  const all = hostZone === undefined ? zones : [...zones, hostZone]
  return distributions.flatMap((of) =>
    of.claims.flatMap((claim) =>
      all
        .filter((zone) => serves(of, zone, all))
        .flatMap((zone) => {
          const takes = claim.takes.get(zone.name)
          return takes === undefined ? [] : [{ of, claim, zone, takes }]
        }),
    ),
  )
}

export function originOf({ distribution }: InspectedDistribution, { behavior }: BehaviorClaim) {
  return distribution.origins.get(behavior.targetOriginId)
}

/** The API Gateway's own names, and backends that are known by theirs. */
export function isBackend(host: string | undefined, { names }: LintModel): boolean {
  return host !== undefined && (/\.execute-api\.[\w-]+\.amazonaws\.com/.test(host) || names.backends.has(host))
}

/** The host project carries a part of a zone: a rewrite takes it, or a proxy sees it and may. */
export function carriedBy(hosts: readonly HostProject[], zone: InspectedZone, part: keyof Shares): boolean {
  return hosts.some(
    ({ claims, proxy, role }) =>
      role === 'host' &&
      ((proxy !== undefined && proxy.carries !== 'no') ||
        claims.some(({ takes }) => takes.get(zone.name)?.[part] !== undefined)),
  )
}

/** The patterns of a distribution that were written for a zone's pages, as opposed to those that take everything. */
export function pageClaims({ claims }: InspectedDistribution, zone: InspectedZone): readonly BehaviorClaim[] {
  return claims.filter(
    ({ behavior, takes, pattern }) =>
      !behavior.isDefault && !/^\/?\*$/.test(pattern) && takes.get(zone.name)?.plainPages !== undefined,
  )
}

/** Two behaviours do the same with a request. */
export function alike(a: BehaviorClaim, b: BehaviorClaim): boolean {
  const [one, other] = [a.behavior, b.behavior]
  return (
    one.targetOriginId === other.targetOriginId &&
    one.cachePolicy.name === other.cachePolicy.name &&
    one.originRequestPolicy?.name === other.originRequestPolicy?.name &&
    one.viewerRequest?.code === other.viewerRequest?.code
  )
}
