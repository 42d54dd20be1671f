import {
  type CacheBehavior,
  HOP_HEADER,
  identityHeaders,
  internalHeaderPrefixes,
  REQUEST_ID_HEADER,
} from '@sax/topology'

/** What the front door itself says to an origin about a request. */
export interface ViewerFacts {
  readonly ip: string
  readonly scheme: 'http' | 'https'
  readonly requestId: string
  readonly hops: number
}

/** Between two neighbours only. @source RFC 9110 section 7.6.1 */
export const hopByHopHeaders: readonly string[] = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'expect'],
]

/** What a client may not say of itself: only a front door knows it. */
const FORWARDING = ['forwarded', 'x-real-ip', 'x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-server', 'via']

/** What reaches an origin under CachingOptimized and CORS-S3Origin: nothing that names a person. */
const ASSET_HEADERS = [
  ...['origin', 'access-control-request-headers', 'access-control-request-method', 'accept-encoding'],
  ...['range', 'if-range', 'if-none-match', 'if-modified-since'],
]

/**
 * The headers an origin gets. Everything the viewer sent but its Host, what its Connection header names, identity
 * (only the zone may speak it), and what belongs to the framework's inside; under the policies for static files only
 * the few headers those let through. What the front door says comes last, so nothing of the viewer's can remove it.
 */
export function originRequestHeaders(viewer: Headers, behavior: CacheBehavior, facts: ViewerFacts): Headers {
  const headers = new Headers()
  const dropped = new Set([...hopByHopHeaders, ...connectionNamed(viewer), ...identityHeaders, ...FORWARDING, 'host'])
  for (const [name, value] of viewer) {
    if (dropped.has(name) || internalHeaderPrefixes.some((prefix) => name.startsWith(prefix))) continue
    if (behavior.originRequestPolicy === 'CORS-S3Origin' && !ASSET_HEADERS.includes(name)) continue
    headers.set(name, value)
  }
  const forwardedHost = viewer.get('x-forwarded-host')
  if (behavior.forwardedHostFunction && forwardedHost !== null) headers.set('x-forwarded-host', forwardedHost)
  const forwardedFor = viewer.get('x-forwarded-for')
  headers.set('x-forwarded-for', forwardedFor === null ? facts.ip : `${forwardedFor}, ${facts.ip}`)
  headers.set('x-forwarded-proto', facts.scheme)
  headers.set(REQUEST_ID_HEADER, facts.requestId)
  headers.set(HOP_HEADER, String(facts.hops))
  return headers
}

/** The path and query an origin gets. Static files are asked for without their query, as the cache policy has it. */
export function originRequestTarget(target: string, path: string, behavior: CacheBehavior): string {
  return behavior.cachePolicy === 'CachingOptimized' ? path : target
}

function connectionNamed(viewer: Headers): readonly string[] {
  return (viewer.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase())
}
