import type {
  CachePolicySettings,
  OriginRequestPolicySettings,
  ResponseHeadersPolicySettings,
} from './policy-settings.ts'

const none = { behavior: 'none' } as const
const all = { behavior: 'all' } as const
const only = (...names: readonly string[]) => ({ behavior: 'whitelist', names }) as const

const DAY_SEC = 86_400
const YEAR_SEC = 31_536_000

/**
 * CloudFront's managed cache policies by id, with their published settings. An id that is not here does not exist.
 * @source AWS CloudFront Developer Guide, "Use managed cache policies"
 */
export const managedCachePolicies: Readonly<Record<string, CachePolicySettings>> = {
  '2e54312d-136d-493c-8eb9-b001f22f67d2': {
    ...cachePolicy('Amplify', [2, 2, 600], 'gzip and brotli'),
    headers: only('authorization', 'cloudfront-viewer-country', 'host'),
    cookies: all,
    queryStrings: all,
  },
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': cachePolicy('CachingDisabled', [0, 0, 0], 'nothing'),
  '658327ea-f89d-4fab-a63d-7e88639e58f6': cachePolicy('CachingOptimized', [1, DAY_SEC, YEAR_SEC], 'gzip and brotli'),
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': cachePolicy(
    'CachingOptimizedForUncompressedObjects',
    [1, DAY_SEC, YEAR_SEC],
    'nothing',
  ),
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': {
    ...cachePolicy('Elemental-MediaPackage', [0, DAY_SEC, YEAR_SEC], 'gzip'),
    headers: only('origin'),
    queryStrings: only('aws.manifestfilter', 'start', 'end', 'm'),
  },
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': followingTheOrigin('UseOriginCacheControlHeaders'),
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': {
    ...followingTheOrigin('UseOriginCacheControlHeaders-QueryStrings'),
    queryStrings: all,
  },
}

/**
 * CloudFront's managed origin request policies by id.
 * @source AWS CloudFront Developer Guide, "Use managed origin request policies"
 */
export const managedOriginRequestPolicies: Readonly<Record<string, OriginRequestPolicySettings>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { name: 'AllViewer', headers: all, cookies: all, queryStrings: all },
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': {
    name: 'AllViewerAndCloudFrontHeaders-2022-06',
    headers: {
      behavior: 'allViewerAndWhitelistCloudFront',
      names: [
        ...['forwarded-proto', 'is-android-viewer', 'is-desktop-viewer', 'is-ios-viewer', 'is-mobile-viewer'],
        ...['is-smarttv-viewer', 'is-tablet-viewer', 'viewer-address', 'viewer-asn', 'viewer-city', 'viewer-country'],
        ...['viewer-country-name', 'viewer-country-region', 'viewer-country-region-name', 'viewer-http-version'],
        ...['viewer-latitude', 'viewer-longitude', 'viewer-metro-code', 'viewer-postal-code', 'viewer-time-zone'],
        ...['viewer-tls'],
      ].map((name) => `cloudfront-${name}`),
    },
    cookies: all,
    queryStrings: all,
  },
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    name: 'AllViewerExceptHostHeader',
    headers: { behavior: 'allExcept', names: ['host'] },
    cookies: all,
    queryStrings: all,
  },
  '59781a5b-3903-41f3-afcb-af62929ccde1': {
    name: 'CORS-CustomOrigin',
    headers: only('origin'),
    cookies: none,
    queryStrings: none,
  },
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': {
    name: 'CORS-S3Origin',
    headers: only('origin', 'access-control-request-headers', 'access-control-request-method'),
    cookies: none,
    queryStrings: none,
  },
  '775133bc-15f2-49f9-abea-afb2e0bf67d2': {
    name: 'Elemental-MediaTailor-PersonalizedManifests',
    headers: only(
      ...['origin', 'access-control-request-headers', 'access-control-request-method', 'user-agent', 'x-forwarded-for'],
    ),
    cookies: none,
    queryStrings: all,
  },
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': {
    name: 'HostHeaderOnly',
    headers: only('host'),
    cookies: none,
    queryStrings: none,
  },
  'acba4595-bd28-49b8-b9fe-13317c0390fa': {
    name: 'UserAgentRefererHeaders',
    headers: only('user-agent', 'referer'),
    cookies: none,
    queryStrings: none,
  },
}

const securityHeaders = [
  { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
  { name: 'strict-transport-security', value: `max-age=${YEAR_SEC}`, override: false },
  { name: 'x-content-type-options', value: 'nosniff', override: true },
  { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
  { name: 'x-xss-protection', value: '1; mode=block', override: false },
] as const

/**
 * CloudFront's managed response headers policies by id.
 * @source AWS CloudFront Developer Guide, "Use managed response headers policies"
 */
export const managedResponseHeadersPolicies: Readonly<Record<string, ResponseHeadersPolicySettings>> = {
  '67f7725c-6f97-4210-82d7-5512b31e9d03': {
    name: 'SecurityHeadersPolicy',
    set: securityHeaders,
    remove: [],
    cors: false,
  },
  '60669652-455b-4ae9-85a4-c4c02393f86c': { name: 'SimpleCORS', set: [], remove: [], cors: true },
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd': { name: 'CORS-With-Preflight', set: [], remove: [], cors: true },
  'e61eb60c-9c35-4d20-a928-2b84e02af89c': {
    name: 'CORS-and-SecurityHeadersPolicy',
    set: securityHeaders,
    remove: [],
    cors: true,
  },
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63': {
    name: 'CORS-with-preflight-and-SecurityHeadersPolicy',
    set: securityHeaders,
    remove: [],
    cors: true,
  },
}

type Lifetimes = readonly [minSec: number, defaultSec: number, maxSec: number]

function cachePolicy(
  name: string,
  [minTtlSec, defaultTtlSec, maxTtlSec]: Lifetimes,
  compressed: 'nothing' | 'gzip' | 'gzip and brotli',
): CachePolicySettings {
  return {
    ...{ name, minTtlSec, defaultTtlSec, maxTtlSec },
    ...{ headers: none, cookies: none, queryStrings: none },
    acceptEncodingGzip: compressed !== 'nothing',
    acceptEncodingBrotli: compressed === 'gzip and brotli',
  }
}

function followingTheOrigin(name: string): CachePolicySettings {
  return {
    ...cachePolicy(name, [0, 0, YEAR_SEC], 'gzip and brotli'),
    headers: only('host', 'origin', 'x-http-method-override', 'x-http-method', 'x-method-override'),
    cookies: all,
  }
}
