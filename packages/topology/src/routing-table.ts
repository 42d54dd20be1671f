import type { Zone } from './zone.ts'

/** What lies in a zone's part of the site. */
export type Area = 'api' | 'assets' | 'page'

/**
 * One line of the site's routing table. `below` holds everything that begins with the path and a slash, `/x/` included
 * and `/x` not; `exact` holds the path alone. Case counts.
 */
export interface Route<Name extends string = string> {
  readonly match: 'below' | 'exact'
  readonly path: string
  readonly zone: Zone<Name>
  readonly area: Area
}

/**
 * Every path that a carried zone owns, in the order in which they are tried: the exception before its rule. Whatever
 * no line holds is the host's. The host's proxy, the behaviours of every distribution and the checks are all made
 * from these lines.
 */
export function routingTable<Name extends string>(carried: readonly Zone<Name>[]): readonly Route<Name>[] {
  return carried.flatMap((zone) => [
    { match: 'below', path: apiTree(zone), zone, area: 'api' },
    { match: 'below', path: zone.assetPrefix, zone, area: 'assets' },
    { match: 'below', path: zone.basePath, zone, area: 'page' },
    { match: 'exact', path: zone.basePath, zone, area: 'page' },
  ])
}

/** The line that holds `pathname` (canonical, without query), or undefined when it is the host's. */
export function routeIn<Name extends string>(table: readonly Route<Name>[], pathname: string): Route<Name> | undefined {
  return table.find(({ match, path }) => (match === 'exact' ? pathname === path : pathname.startsWith(`${path}/`)))
}

/** The line as CloudFront's path pattern. */
export function globOf({ match, path }: Route): string {
  return match === 'exact' ? path : `${path}/*`
}

/**
 * The line as a source of Next's matchers. Matched with regard to case it holds the same paths as the glob; Next's own
 * `:path*` would also hold the bare path, and `:path+` not the one that ends with a slash.
 */
export function nextSourceOf({ match, path }: Route): string {
  return match === 'exact' ? path : `${path}/:path(.*)`
}

/** Everything a zone answers to programs: its API routes and what may come beside them. Never cached. */
export function apiTree(zone: Zone): string {
  return `${zone.basePath}/api`
}
