import type { Behavior } from '../config/distribution.ts'

/**
 * True when the behaviour takes this request's method; everything else is refused with 403. A GET or HEAD with a body
 * is refused likewise.
 * @source AWS CloudFront Developer Guide, "Allowed HTTP methods" and "GET requests that include a body"
 */
export function isMethodAllowed(
  { allowedMethods }: Pick<Behavior, 'allowedMethods'>,
  method: string,
  hasBody: boolean,
): boolean {
  if (hasBody && (method === 'GET' || method === 'HEAD')) return false
  return allowedMethods.includes(method)
}
