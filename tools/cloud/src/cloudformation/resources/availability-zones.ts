/**
 * Ids of a region's availability zones by their letters. In a region as old as us-east-1 each account of before November
 * 2025 has an order of its own; this account's is the hardest, for its first letter is the zone that lacks the most.
 * @source AWS Regions and Availability Zones, "AZ IDs" and "AWS Availability Zones"
 */
const IDS: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az3', 'use1-az1', 'use1-az2', 'use1-az4', 'use1-az6', 'use1-az5'],
}

/** @source Amazon Aurora User Guide, "Quotas and limitations for RDS Proxy" (Availability Zone restrictions, by way of AWS re:Post) */
const WITHOUT_PROXIES: ReadonlySet<string> = new Set(['use1-az3'])

interface Zone {
  readonly AvailabilityZone: string
  readonly AvailabilityZoneId: string
}

/** The zone that a subnet asks for by name or by id, or the first of the region. */
export function zoneOf(
  region: string,
  asked: { readonly AvailabilityZone?: unknown; readonly AvailabilityZoneId?: unknown },
): Zone {
  const zones = zonesIn(region)
  const { AvailabilityZone: name, AvailabilityZoneId: id } = asked
  const found = zones.find((zone) => zone.AvailabilityZone === name || zone.AvailabilityZoneId === id)
  const [first = { AvailabilityZone: `${region}a`, AvailabilityZoneId: '' }] = zones
  if (found !== undefined) return found
  return typeof name === 'string' ? { AvailabilityZone: name, AvailabilityZoneId: '' } : first
}

/** Whether RDS Proxy can be in a zone. */
export function takesProxies({ AvailabilityZoneId }: Pick<Zone, 'AvailabilityZoneId'>): boolean {
  return !WITHOUT_PROXIES.has(AvailabilityZoneId)
}

function zonesIn(region: string): readonly Zone[] {
  return (IDS[region] ?? []).map((AvailabilityZoneId, i) => ({
    AvailabilityZone: `${region}${'abcdef'[i]}`,
    AvailabilityZoneId,
  }))
}
