import type { Zone } from './zone.ts'

export const host = {
  name: 'sleepconnect',
  basePath: '',
  assetPrefix: '',
  apiPath: '/api',
  healthPath: '/api/health',
} as const satisfies Zone

export const outreach = {
  name: 'outreach',
  basePath: '/outreach',
  assetPrefix: '/outreach-static',
  apiPath: '/outreach/api/outreach',
  healthPath: '/outreach/health',
} as const satisfies Zone

/** Everything a zone answers to programs: its API routes and what may come beside them. Never cached. */
export function apiTree(zone: Zone): string {
  return `${zone.basePath}/api`
}

/** Every zone of the site, the host first. A further zone is an entry here, its names in each stage, and its app. */
export const zones = [host, outreach] as const satisfies readonly Zone[]

export type ZoneName = (typeof zones)[number]['name']

/** Zones that the host carries: all but the host itself. */
export const carriedZones: readonly Zone<ZoneName>[] = zones.filter((zone) => zone.name !== host.name)

/** The zone that owns `pathname` (already canonical, no query). Case counts, as it does for CloudFront. */
export function ownerOf(pathname: string): Zone<ZoneName> {
  return ownerAmong(zones, pathname)
}

/** The zone of a site, host first, that owns `pathname`: the host when no carried zone does. */
export function ownerAmong<Name extends string>(
  [first, ...carried]: readonly [Zone<Name>, ...Zone<Name>[]],
  pathname: string,
): Zone<Name> {
  return carried.find((zone) => isUnder(pathname, zone.basePath) || isUnder(pathname, zone.assetPrefix)) ?? first
}

/** True for the prefix itself and everything below it: `/outreach` and `/outreach/x`, never `/outreachers`. */
export function isUnder(pathname: string, prefix: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`)
}
