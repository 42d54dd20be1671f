import { atBehavior, originOf, type Rule, takers } from './rule.ts'

/**
 * Answers that belong to one person, stored for everybody. With a minimum lifetime CloudFront stores what says
 * `private, no-store` too. @source AWS CloudFront Developer Guide, "Manage how long content stays in the cache (expiration)"
 */
export const cachedSignedIn: Rule = (model) =>
  takers(model).flatMap(({ of, claim, zone, takes }) => {
    const { cachePolicy: policy } = claim.behavior
    const witness = takes.api ?? (zone.public ? undefined : (takes.plainPages ?? takes.exact))
    if (witness === undefined || originOf(of, claim)?.kind === 's3' || policy.maxTtlSec === 0) return []
    const always = policy.minTtlSec > 0
    const byDefault = policy.defaultTtlSec > 0 && policy.cookies.behavior === 'none'
    if (!always && !byDefault) return []
    const why = always
      ? `it keeps every answer for at least ${policy.minTtlSec} s, whatever the answer says`
      : `it keeps an answer without Cache-Control for ${policy.defaultTtlSec} s`
    const key = policy.cookies.behavior === 'none' ? ', and no cookie is part of the key' : ''
    return [
      atBehavior('cached-signed-in', 'error', of, claim, {
        witness,
        why: `${witness} is stored under ${policy.name}: ${why}${key}. One person's answer is served to another.`,
        fix: `Use CachingDisabled (4135ea2d-6df8-44a3-9df3-4b5a84be39ad) for pages and API. If the pages of ${zone.name} need no session, say "public": true in ${model.zonesFile} and key them by query and RSC headers.`,
      }),
    ]
  })
