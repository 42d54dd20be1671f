import type * as sdk from '@aws-sdk/client-cloudfront'
import {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
  type OriginRequestPolicySettings,
  type Selection,
} from '@sax/topology/cloudfront'

/** Origin request policies know one more way to choose headers. */
type AnySelection = Selection | OriginRequestPolicySettings['headers']

/** Which headers, cookies or query strings a managed policy takes, in the API's shape. */
function selected(selection: AnySelection): { behavior: string; list?: { Quantity: number; Items: string[] } } {
  const names = 'names' in selection ? [...selection.names] : []
  return {
    behavior: selection.behavior,
    ...(names.length === 0 ? {} : { list: { Quantity: names.length, Items: names } }),
  }
}

function headers<Behavior extends string>(selection: AnySelection) {
  const { behavior, list } = selected(selection)
  return { HeaderBehavior: behavior as Behavior, ...(list === undefined ? {} : { Headers: list }) }
}

function cookies<Behavior extends string>(selection: AnySelection) {
  const { behavior, list } = selected(selection)
  return { CookieBehavior: behavior as Behavior, ...(list === undefined ? {} : { Cookies: list }) }
}

function queryStrings<Behavior extends string>(selection: AnySelection) {
  const { behavior, list } = selected(selection)
  return { QueryStringBehavior: behavior as Behavior, ...(list === undefined ? {} : { QueryStrings: list }) }
}

/** CloudFront's own cache policies by id. Their names have a prefix in the API. */
export const managedCache: ReadonlyMap<string, sdk.CachePolicyConfig> = new Map(
  Object.entries(managedCachePolicies).map(([id, one]) => [
    id,
    {
      ...{ Name: `Managed-${one.name}`, MinTTL: one.minTtlSec, DefaultTTL: one.defaultTtlSec, MaxTTL: one.maxTtlSec },
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: one.acceptEncodingGzip,
        EnableAcceptEncodingBrotli: one.acceptEncodingBrotli,
        HeadersConfig: headers<sdk.CachePolicyHeaderBehavior>(one.headers),
        CookiesConfig: cookies<sdk.CachePolicyCookieBehavior>(one.cookies),
        QueryStringsConfig: queryStrings<sdk.CachePolicyQueryStringBehavior>(one.queryStrings),
      },
    },
  ]),
)

/** CloudFront's own origin request policies by id. */
export const managedOriginRequest: ReadonlyMap<string, sdk.OriginRequestPolicyConfig> = new Map(
  Object.entries(managedOriginRequestPolicies).map(([id, one]) => [
    id,
    {
      Name: `Managed-${one.name}`,
      HeadersConfig: headers<sdk.OriginRequestPolicyHeaderBehavior>(one.headers),
      CookiesConfig: cookies<sdk.OriginRequestPolicyCookieBehavior>(one.cookies),
      QueryStringsConfig: queryStrings<sdk.OriginRequestPolicyQueryStringBehavior>(one.queryStrings),
    },
  ]),
)

/** CloudFront's own response headers policies by id; what they set is left out, for nothing here reads it. */
export const managedResponseHeaders: ReadonlyMap<string, sdk.ResponseHeadersPolicyConfig> = new Map(
  Object.entries(managedResponseHeadersPolicies).map(([id, one]) => [id, { Name: `Managed-${one.name}` }]),
)
