import { expect, test } from 'vitest'
import { defaultBehavior, fixture, site, templateText, thrownBy } from '../../test/template-fixture.ts'
import { readDistributions } from './read-distribution.ts'

const policyOf = (kind: string, config: object) => ({
  Policy: { Type: `AWS::CloudFront::${kind}`, Properties: { [`${kind}Config`]: config } },
})

const using = (property: string) => ({ DefaultCacheBehavior: { ...defaultBehavior, [property]: { Ref: 'Policy' } } })

test('a cache policy of the template', () => {
  const [one] = readDistributions(fixture('by-hand.yaml')).distributions
  expect(one.behaviors.at(-1)?.cachePolicy).toEqual({
    name: 'pages',
    minTtlSec: 0,
    defaultTtlSec: 60,
    maxTtlSec: 3600,
    headers: { behavior: 'whitelist', names: ['rsc', 'next-url'] },
    cookies: { behavior: 'allExcept', names: ['Session'] },
    queryStrings: { behavior: 'all' },
    acceptEncodingGzip: true,
    acceptEncodingBrotli: false,
  })
})

test('a cache policy may be named by its attribute Id or by an id the caller knows', () => {
  const named = { DefaultCacheBehavior: { ...defaultBehavior, CachePolicyId: { 'Fn::GetAtt': ['Policy', 'Id'] } } }
  const resources = policyOf('CachePolicy', {
    Name: 'mine',
    MinTTL: 1,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: false,
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['V'] },
    },
  })
  const [cachePolicy] = site(named, resources).behaviors.map((behavior) => behavior.cachePolicy)
  expect(cachePolicy).toMatchObject({ name: 'mine', minTtlSec: 1, defaultTtlSec: 86_400, maxTtlSec: 31_536_000 })
  expect(cachePolicy?.queryStrings).toEqual({ behavior: 'whitelist', names: ['V'] })
  const known = { Policy: '11111111-2222-3333-4444-555555555555' }
  expect(site(named, resources, { known }).behaviors[0]?.cachePolicy.name).toBe('mine')
})

test.each<[behavior: string, names: readonly string[], headers: object]>([
  ['none', [], { behavior: 'none' }],
  ['allViewer', [], { behavior: 'all' }],
  ['whitelist', ['Origin'], { behavior: 'whitelist', names: ['origin'] }],
  ['allExcept', ['Host'], { behavior: 'allExcept', names: ['host'] }],
  [
    'allViewerAndWhitelistCloudFront',
    ['CloudFront-Viewer-Address'],
    { behavior: 'allViewerAndWhitelistCloudFront', names: ['cloudfront-viewer-address'] },
  ],
])('an origin request policy with headers %s', (HeaderBehavior, Headers, headers) => {
  const resources = policyOf('OriginRequestPolicy', {
    Name: 'forwarded',
    HeadersConfig: { HeaderBehavior, Headers },
    CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['Theme'] },
    QueryStringsConfig: { QueryStringBehavior: 'allExcept', QueryStrings: ['token'] },
  })
  expect(site(using('OriginRequestPolicyId'), resources).behaviors[0]?.originRequestPolicy).toEqual({
    name: 'forwarded',
    headers,
    cookies: { behavior: 'whitelist', names: ['Theme'] },
    queryStrings: { behavior: 'allExcept', names: ['token'] },
  })
})

test('a policy that lacks a part is refused with its logical id and the part', () => {
  expect(thrownBy(() => site(using('CachePolicyId'), policyOf('CachePolicy', { Name: 'half' })))).toMatchObject({
    code: 'malformed',
    where: 'Policy.CachePolicyConfig.MinTTL',
    message: 'Policy.CachePolicyConfig.MinTTL: is missing; add this property',
  })
})

test('security headers become header lines, each with its own override', () => {
  const resources = policyOf('ResponseHeadersPolicy', {
    Name: 'secure',
    SecurityHeadersConfig: {
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Preload: true,
        Override: true,
      },
      ContentTypeOptions: { Override: false },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: false },
      XSSProtection: { Protection: true, ModeBlock: true, Override: true },
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: false },
    },
    CustomHeadersConfig: { Items: [{ Header: 'X-Zone', Value: 'Outreach', Override: true }] },
    RemoveHeadersConfig: { Items: [{ Header: 'X-Powered-By' }] },
  })
  expect(site(using('ResponseHeadersPolicyId'), resources).behaviors[0]?.responseHeadersPolicy).toEqual({
    name: 'secure',
    set: [
      { name: 'strict-transport-security', value: 'max-age=63072000; includeSubDomains; preload', override: true },
      { name: 'x-content-type-options', value: 'nosniff', override: false },
      { name: 'x-frame-options', value: 'DENY', override: true },
      { name: 'referrer-policy', value: 'no-referrer', override: false },
      { name: 'x-xss-protection', value: '1; mode=block', override: true },
      { name: 'content-security-policy', value: "default-src 'self'", override: false },
      { name: 'x-zone', value: 'Outreach', override: true },
    ],
    remove: ['x-powered-by'],
    cors: false,
  })
})

test.each<[given: object, value: string]>([
  [{ Protection: false }, '0'],
  [{ Protection: true }, '1'],
  [{ Protection: true, ReportUri: 'https://r.example.com' }, '1; report=https://r.example.com'],
])('x-xss-protection of %o is %s', (given, value) => {
  const SecurityHeadersConfig = { XSSProtection: { ...given, Override: false } }
  const resources = policyOf('ResponseHeadersPolicy', { Name: 'p', SecurityHeadersConfig })
  const [behavior] = site(using('ResponseHeadersPolicyId'), resources).behaviors
  expect(behavior.responseHeadersPolicy?.set).toEqual([{ name: 'x-xss-protection', value, override: false }])
})

test('a policy with CORS is refused, and told to whoever judges', () => {
  const resources = policyOf('ResponseHeadersPolicy', { Name: 'cross', CorsConfig: { OriginOverride: true } })
  const text = templateText(using('ResponseHeadersPolicyId'), resources)
  expect(thrownBy(() => readDistributions(text))).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('cross'),
  })
  const { distributions, problems } = readDistributions(text, { unknownPolicy: 'collect' })
  expect(problems.map(({ code, behavior }) => [code, behavior])).toEqual([['unsupported', '*']])
  expect(distributions[0].behaviors[0]?.responseHeadersPolicy?.cors).toBe(true)
})

test('Server-Timing is left out, which is said and stops nobody', () => {
  const timed = policyOf('ResponseHeadersPolicy', {
    Name: 't',
    ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 1 },
  })
  const { distributions, problems } = readDistributions(templateText(using('ResponseHeadersPolicyId'), timed))
  expect(distributions[0].behaviors[0]?.responseHeadersPolicy?.set).toEqual([])
  expect(problems).toMatchObject([
    { code: 'not_simulated', severity: 'information', subject: 'ServerTimingHeadersConfig' },
  ])
})
