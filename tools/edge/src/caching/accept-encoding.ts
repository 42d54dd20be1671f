import type { CachePolicySettings } from '@sax/topology/cloudfront'

/** What the policy and the viewer agree on; also the value that stands in the cache key and goes to the origin. */
export type AcceptedEncoding = 'br,gzip' | 'br' | 'gzip'

/**
 * The viewer's Accept-Encoding as CloudFront normalises it, or undefined when the policy keeps no compressed objects or
 * the viewer takes none. Everything else a viewer lists is dropped.
 * @source AWS CloudFront Developer Guide, "Control the cache key", cache compressed objects
 */
export function acceptedEncoding(policy: CachePolicySettings, viewer: Headers): AcceptedEncoding | undefined {
  if (!policy.acceptEncodingBrotli && !policy.acceptEncodingGzip) return undefined
  const listed = viewer.get('accept-encoding')
  if (listed === null) return undefined
  const brotli = policy.acceptEncodingBrotli && takes(listed, 'br')
  const gzip = policy.acceptEncodingGzip && takes(listed, 'gzip')
  if (brotli) return gzip ? 'br,gzip' : 'br'
  return gzip ? 'gzip' : undefined
}

/**
 * The Accept-Encoding an origin gets because of the cache policy: undefined leaves the header to the origin request
 * policy, `identity` is for a viewer that takes none of what the policy keeps.
 * @source AWS CloudFront Developer Guide, "Control the cache key", cache compressed objects
 */
export function originAcceptEncoding(policy: CachePolicySettings, viewer: Headers): string | undefined {
  if (!policy.acceptEncodingBrotli && !policy.acceptEncodingGzip) return undefined
  if (!viewer.has('accept-encoding')) return undefined
  return acceptedEncoding(policy, viewer) ?? 'identity'
}

/** A coding with weight 0 is refused. @source RFC 9110 section 12.4.2 */
function takes(listed: string, coding: string): boolean {
  return listed.split(',').some((item) => {
    const [name = '', ...parameters] = item.split(';')
    return name.trim().toLowerCase() === coding && !parameters.some((one) => /^\s*q\s*=\s*0(\.0*)?\s*$/i.test(one))
  })
}
