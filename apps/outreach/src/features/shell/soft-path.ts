import { isUnder, outreach } from '@sax/topology'

/**
 * A path of this zone as Next's router wants it: without the base path, which the router adds by itself. Query and
 * fragment stay.
 * @throws RangeError for a path of another zone: those links are hard navigations.
 */
export function softPath(path: string): string {
  const [pathname = ''] = path.split(/[?#]/, 1)
  if (!isUnder(pathname, outreach.basePath)) throw new RangeError(`not a path of the ${outreach.name} zone`)
  const rest = path.slice(outreach.basePath.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** The other way round: a pathname as Next's router knows it, with the base path in front. */
export function zonePath(routerPathname: string): string {
  return routerPathname === '/' ? outreach.basePath : `${outreach.basePath}${routerPathname}`
}
