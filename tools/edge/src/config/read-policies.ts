import type { CachePolicySettings, OriginRequestPolicySettings, Selection } from '@sax/topology/cloudfront'
import { z } from 'zod'
import type { Resource } from './read-template.ts'
import { count, flag, list, shaped } from './shapes.ts'

const names = list(z.string())

const cookies = z.object({ CookieBehavior: z.enum(['none', 'whitelist', 'allExcept', 'all']), Cookies: names })
const queryStrings = z.object({
  QueryStringBehavior: z.enum(['none', 'whitelist', 'allExcept', 'all']),
  QueryStrings: names,
})

const cachePolicy = z.object({
  CachePolicyConfig: z.object({
    Name: z.string(),
    MinTTL: count,
    DefaultTTL: count.default(86_400),
    MaxTTL: count.default(31_536_000),
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      EnableAcceptEncodingGzip: flag,
      EnableAcceptEncodingBrotli: flag.default(false),
      HeadersConfig: z.object({ HeaderBehavior: z.enum(['none', 'whitelist']), Headers: names }),
      CookiesConfig: cookies,
      QueryStringsConfig: queryStrings,
    }),
  }),
})

const originRequestPolicy = z.object({
  OriginRequestPolicyConfig: z.object({
    Name: z.string(),
    HeadersConfig: z.object({
      HeaderBehavior: z.enum(['none', 'whitelist', 'allViewer', 'allViewerAndWhitelistCloudFront', 'allExcept']),
      Headers: names,
    }),
    CookiesConfig: cookies,
    QueryStringsConfig: queryStrings,
  }),
})

/**
 * The settings of an `AWS::CloudFront::CachePolicy`.
 * @source AWS CloudFormation Template Reference, "AWS::CloudFront::CachePolicy CachePolicyConfig"
 * @throws ConfigurationError `malformed`
 */
export function readCachePolicy({ properties, where }: Resource): CachePolicySettings {
  const { CachePolicyConfig: config } = shaped(cachePolicy, properties, where)
  const key = config.ParametersInCacheKeyAndForwardedToOrigin
  return {
    name: config.Name,
    minTtlSec: config.MinTTL,
    defaultTtlSec: config.DefaultTTL,
    maxTtlSec: config.MaxTTL,
    headers: selection(key.HeadersConfig.HeaderBehavior, lowerCase(key.HeadersConfig.Headers)),
    ...cookiesAndQuery(key),
    acceptEncodingGzip: key.EnableAcceptEncodingGzip,
    acceptEncodingBrotli: key.EnableAcceptEncodingBrotli,
  }
}

/**
 * The settings of an `AWS::CloudFront::OriginRequestPolicy`.
 * @source AWS CloudFormation Template Reference, "AWS::CloudFront::OriginRequestPolicy OriginRequestPolicyConfig"
 * @throws ConfigurationError `malformed`
 */
export function readOriginRequestPolicy({ properties, where }: Resource): OriginRequestPolicySettings {
  const { OriginRequestPolicyConfig: config } = shaped(originRequestPolicy, properties, where)
  const { HeaderBehavior, Headers } = config.HeadersConfig
  const named = lowerCase(Headers)
  const headers: OriginRequestPolicySettings['headers'] =
    HeaderBehavior === 'allViewerAndWhitelistCloudFront'
      ? { behavior: HeaderBehavior, names: named }
      : selection(HeaderBehavior === 'allViewer' ? 'all' : HeaderBehavior, named)
  return { name: config.Name, headers, ...cookiesAndQuery(config) }
}

interface CookiesAndQuery {
  readonly CookiesConfig: z.infer<typeof cookies>
  readonly QueryStringsConfig: z.infer<typeof queryStrings>
}

function cookiesAndQuery({ CookiesConfig, QueryStringsConfig }: CookiesAndQuery) {
  return {
    cookies: selection(CookiesConfig.CookieBehavior, CookiesConfig.Cookies),
    queryStrings: selection(QueryStringsConfig.QueryStringBehavior, QueryStringsConfig.QueryStrings),
  }
}

export function selection(behavior: Selection['behavior'], selected: readonly string[]): Selection {
  return behavior === 'none' || behavior === 'all' ? { behavior } : { behavior, names: selected }
}

export function lowerCase(headers: readonly string[]): readonly string[] {
  return headers.map((name) => name.toLowerCase())
}
