import type { Behavior } from '../config/distribution.ts'

/**
 * Whether a behaviour lets cookies through to its origin. Where it does not, the origin's Set-Cookie is taken away; where
 * it does, requests are never collapsed, and a kept Set-Cookie is replayed to everyone whom the object answers.
 * @source AWS CloudFront Developer Guide, "Cache content based on cookies"; collapsing: "Simultaneous requests for the same object"
 */
export function forwardsCookies({ cachePolicy, originRequestPolicy }: Behavior): boolean {
  return cachePolicy.cookies.behavior !== 'none' || (originRequestPolicy?.cookies.behavior ?? 'none') !== 'none'
}
