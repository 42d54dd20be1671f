import type { ZoneName } from './types.ts'

export interface Zone {
  readonly name: ZoneName
  /** Path under which the zone's pages live. The host's is empty, so that `${basePath}/x` is always right. */
  readonly basePath: '' | `/${string}`
  /** First path segment of the zone's hashed files; empty means Next's default, `/_next`. */
  readonly assetPrefix: '' | `/${string}`
  /** Prefix of the API routes a browser calls. */
  readonly apiPath: `/${string}`
  /** Path of the zone's own health answer. Needs no session. */
  readonly healthPath: `/${string}`
}

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

/** Every zone of the site, the host first. */
export const zones = [host, outreach] as const satisfies readonly Zone[]

/** Zones that the host carries: all but the host itself. */
export const carriedZones: readonly Zone[] = zones.filter((zone) => zone.name !== host.name)

/** The zone that owns `pathname` (already canonical, no query). Case counts, as it does for CloudFront. */
export function ownerOf(pathname: string): Zone {
  const carried = carriedZones.find((zone) => isUnder(pathname, zone.basePath) || isUnder(pathname, zone.assetPrefix))
  return carried ?? host
}

/** True for the prefix itself and everything below it: `/outreach` and `/outreach/x`, never `/outreachers`. */
export function isUnder(pathname: string, prefix: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`)
}
