import {
  difference,
  exactly,
  intersection,
  isEmpty,
  type PathLanguage,
  under,
  union,
} from '../../paths/path-language.ts'
import type { Finding } from '../finding.ts'
import type { Claim, InspectedZone, LintModel } from '../model.ts'
import { pathOf } from '../territory.ts'
import { alike, atBehavior, inProject, type Rule } from './rule.ts'

/**
 * Two patterns that share paths while neither is an exception of the other: whose such a path is, only their order
 * says. An exception before its rule is the ordinary way to write a list, and fine.
 */
export const overlappingPatterns: Rule = (model) => [
  ...betweenZones(model),
  ...model.distributions.flatMap((one) =>
    crossing(
      one.claims.filter(({ behavior }) => !behavior.isDefault),
      model.zones,
      (a, b) => !alike(a, b),
    ).map(({ earlier, later, witness }) =>
      atBehavior('overlapping-patterns', 'warning', one, later, said(earlier, later, witness)),
    ),
  ),
  ...model.hosts.flatMap((host) =>
    crossing(host.claims, model.zones, (a, b) => a.destination.host !== b.destination.host).map(
      ({ earlier, later, witness }) =>
        inProject('overlapping-patterns', 'warning', host, later.place, said(earlier, later, witness)),
    ),
  ),
]

function said(earlier: Claim, later: Claim, witness: string) {
  return {
    witness,
    why: `${earlier.pattern} and ${later.pattern} both match ${witness}; the first wins, and neither is an exception of the other.`,
    fix: 'Narrow one of them until no path is in both, or make one a part of the other.',
  }
}

interface Crossing<One> {
  readonly earlier: One
  readonly later: One
  readonly witness: string
}

function crossing<One extends Claim>(
  claims: readonly One[],
  zones: readonly InspectedZone[],
  differ: (a: One, b: One) => boolean,
): readonly Crossing<One>[] {
  const territory = zones.map(wholeOf)
  return claims.flatMap((earlier, i) =>
    claims.slice(i + 1).flatMap((later): Crossing<One>[] => {
      if (earlier.conditional || later.conditional || !differ(earlier, later)) return []
      const both = intersection(earlier.language, later.language)
      if (isEmpty(both) || isEmpty(difference(earlier.language, both)) || isEmpty(difference(later.language, both)))
        return []
      const inZone = territory.map((whole) => intersection(both, whole)).find((some) => !isEmpty(some))
      return inZone === undefined ? [] : [{ earlier, later, witness: pathOf(inZone) }]
    }),
  )
}

function wholeOf({ basePath, assetPrefix }: InspectedZone): PathLanguage {
  return union(exactly(basePath), under(basePath), ...(assetPrefix === undefined ? [] : [under(assetPrefix)]))
}

/** Zones that are declared to own the same paths. */
function betweenZones({ zones, zonesFile }: LintModel): readonly Finding[] {
  const prefixes = zones.flatMap((zone) => {
    const { name, basePath, assetPrefix } = zone
    return assetPrefix === undefined || assetPrefix === basePath
      ? [{ name, prefix: basePath }]
      : [
          { name, prefix: basePath },
          { name, prefix: assetPrefix },
        ]
  })
  return prefixes.flatMap((one, i) =>
    prefixes.slice(i + 1).flatMap((other): Finding[] => {
      if (one.name === other.name || !(contains(one.prefix, other.prefix) || contains(other.prefix, one.prefix)))
        return []
      const deeper = one.prefix.length > other.prefix.length ? one.prefix : other.prefix
      return [
        {
          rule: 'overlapping-patterns',
          severity: one.prefix === other.prefix ? 'error' : 'warning',
          witness: deeper,
          file: zonesFile,
          where: `${zonesFile}: zones ${one.name} and ${other.name}`,
          why: `${one.prefix} of ${one.name} and ${other.prefix} of ${other.name} both hold ${deeper}.`,
          fix: 'Give each zone a first path segment of its own, for its pages and for its files.',
        },
      ]
    }),
  )
}

function contains(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
