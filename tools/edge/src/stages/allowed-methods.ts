import type { CacheBehavior } from '@sax/topology'

/**
 * True when the behaviour takes this request's method; everything else is refused with 403. A GET or HEAD with a body
 * is refused likewise.
 * @source AWS CloudFront Developer Guide, "Allowed HTTP methods" and "GET requests that include a body"
 */
export function isMethodAllowed(behavior: CacheBehavior, method: string, hasBody: boolean): boolean {
  if (hasBody && (method === 'GET' || method === 'HEAD')) return false
  return behavior.allowedMethods.some((allowed) => allowed === method)
}
