import type { ResponseHeadersPolicySettings } from '@sax/topology/cloudfront'

/**
 * Applies a response headers policy to every answer of its behaviour, hit or miss, error or not. What it removes goes
 * first, so that a header both removed and set is the policy's own. `headers` are changed in place.
 * @source AWS CloudFront Developer Guide, "Add or remove HTTP headers in CloudFront responses with a policy"; that it
 * holds for errors too is documented only second-hand
 */
export function applyResponseHeadersPolicy(headers: Headers, policy: ResponseHeadersPolicySettings | undefined): void {
  for (const name of policy?.remove ?? []) headers.delete(name)
  for (const { name, value, override } of policy?.set ?? []) {
    if (override || !headers.has(name)) headers.set(name, value)
  }
}
