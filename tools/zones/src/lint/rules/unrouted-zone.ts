import type { Finding } from '../finding.ts'
import { pathOf } from '../territory.ts'
import type { Rule } from './rule.ts'

/** Host and distribution are both here, and neither takes a zone anywhere. Either of them alone would do. */
export const unroutedZone: Rule = ({ hosts, distributions, zones, zonesFile }) => {
  if (distributions.length === 0 || hosts.some(({ proxy }) => proxy !== undefined && proxy.carries !== 'no')) return []
  if (!hosts.some(({ role }) => role === 'host')) return []
  return zones.flatMap((zone): Finding[] => {
    const routed =
      hosts.some(({ claims }) => claims.some(({ takes }) => takes.get(zone.name)?.plainPages !== undefined)) ||
      distributions.some(({ claims }) =>
        claims.some(({ behavior, takes }) => !behavior.isDefault && takes.get(zone.name)?.plainPages !== undefined),
      )
    if (routed) return []
    return [
      {
        rule: 'unrouted-zone',
        severity: 'error',
        witness: pathOf(zone.exact, zone),
        file: zonesFile,
        where: `${zonesFile}: zone ${zone.name}`,
        why: `Neither a rewrite of the host nor a behaviour of a distribution leads to ${zone.name}: the host answers 404.`,
        fix: `Add behaviours ${zone.basePath} and ${zone.basePath}/* to the distribution, or carry the zone in the host's proxy.`,
      },
    ]
  })
}
