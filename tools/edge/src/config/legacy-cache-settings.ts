import type { CachePolicySettings, OriginRequestPolicySettings } from '@sax/topology/cloudfront'
import { z } from 'zod'
import { lowerCase, selection } from './read-policies.ts'
import { count, flag, list } from './shapes.ts'

/** The settings a behaviour carries itself when it names no cache policy. */
export const legacySettings = z.object({
  MinTTL: count.default(0),
  DefaultTTL: count.default(86_400),
  MaxTTL: count.default(31_536_000),
  ForwardedValues: z.object({
    QueryString: flag,
    QueryStringCacheKeys: list(z.string()),
    Headers: list(z.string()),
    Cookies: z
      .object({ Forward: z.enum(['none', 'whitelist', 'all']), WhitelistedNames: list(z.string()) })
      .default({ Forward: 'none', WhitelistedNames: [] }),
  }),
})

export interface LegacyPolicies {
  readonly cachePolicy: CachePolicySettings
  readonly originRequestPolicy: OriginRequestPolicySettings | undefined
}

/**
 * Legacy cache settings as the policies that do the same. Whatever is forwarded is in the key, with two exceptions: query
 * strings beside `QueryStringCacheKeys` are forwarded only, and `Headers: ['*']` forwards everything and stores nothing.
 * Lifetimes absent are 0, 86,400 and 31,536,000 s. Gzip is negotiated, Brotli needs a cache
 * policy (unverified: documented only second-hand).
 * @source AWS CloudFront API Reference, "ForwardedValues" and "DefaultCacheBehavior"; AWS CloudFront Developer Guide, "Serve compressed files"
 */
export function legacyPolicies({ ForwardedValues: forwarded, ...ttl }: z.infer<typeof legacySettings>): LegacyPolicies {
  const name = 'legacy:ForwardedValues'
  const cookies = selection(forwarded.Cookies.Forward, forwarded.Cookies.WhitelistedNames)
  const query = selection(forwarded.QueryString ? 'all' : 'none', [])
  if (forwarded.Headers.includes('*')) {
    const none = selection('none', [])
    return {
      cachePolicy: {
        ...{ name, minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 0, headers: none, cookies: none, queryStrings: none },
        ...{ acceptEncodingGzip: false, acceptEncodingBrotli: false },
      },
      originRequestPolicy: { name, headers: selection('all', []), cookies, queryStrings: query },
    }
  }
  const headers =
    forwarded.Headers.length === 0 ? selection('none', []) : selection('whitelist', lowerCase(forwarded.Headers))
  const keyed = forwarded.QueryString ? forwarded.QueryStringCacheKeys : []
  return {
    cachePolicy: {
      ...{ name, minTtlSec: ttl.MinTTL, defaultTtlSec: ttl.DefaultTTL, maxTtlSec: ttl.MaxTTL, headers, cookies },
      queryStrings: keyed.length === 0 ? query : selection('whitelist', keyed),
      ...{ acceptEncodingGzip: true, acceptEncodingBrotli: false },
    },
    originRequestPolicy:
      keyed.length === 0
        ? undefined
        : { name, headers: selection('none', []), cookies: selection('none', []), queryStrings: query },
  }
}
