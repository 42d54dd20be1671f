import { type Route, routeIn, routingTable } from './routing-table.ts'
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

/** Every zone of the site, the host first. A further zone is an entry here, its names in each stage, and its app. */
export const zones = [host, outreach] as const satisfies readonly Zone[]

export type ZoneName = (typeof zones)[number]['name']

/** Zones that the host carries: all but the host itself. */
export const carriedZones: readonly Zone<ZoneName>[] = zones.filter((zone) => zone.name !== host.name)

/** The site's routing table: what the host's proxy carries and the distributions send to other origins. */
export const routes: readonly Route<ZoneName>[] = routingTable(carriedZones)

/** The zone that owns `pathname` (already canonical, no query). Case counts, as it does for CloudFront. */
export function ownerOf(pathname: string): Zone<ZoneName> {
  return routeIn(routes, pathname)?.zone ?? host
}

/** True for the prefix itself and everything below it: `/outreach` and `/outreach/x`, never `/outreachers`. */
export function isUnder(pathname: string, prefix: string): boolean {
  return pathname === prefix || pathname.startsWith(`${prefix}/`)
}

/**
 * True for what a zone's own pages ask when a person goes from one to the next, in place of the whole page. Answered for
 * one person, as the page is. The host's pages ask for theirs at the page's address, with a header.
 * @source Next.js, `getServerSideProps` and `/_next/data`
 */
export function isNavigationData({ basePath }: Zone, pathname: string): boolean {
  return isUnder(pathname, `${basePath}/_next/data`)
}
