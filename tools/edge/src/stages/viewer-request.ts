import { type CacheBehavior, carriedZones, isUnder } from '@sax/topology'

/**
 * The function that runs at viewer request: the forwarded host is what the viewer asked for and nothing a viewer says
 * about it. `headers` are changed in place.
 */
export function runViewerRequest(headers: Headers, behavior: CacheBehavior, host: string): void {
  if (behavior.forwardedHostFunction) headers.set('x-forwarded-host', host)
  else headers.delete('x-forwarded-host')
}

/**
 * True for a carried zone's path in another case. Patterns and routes count case, so such a path would fall to the
 * host, under a name that looks like the zone's.
 */
export function isMisspeltZonePath(path: string): boolean {
  const lower = path.toLowerCase()
  return carriedZones.some(({ basePath, assetPrefix }) =>
    [basePath, assetPrefix].some((prefix) => isUnder(lower, prefix) && !isUnder(path, prefix)),
  )
}
