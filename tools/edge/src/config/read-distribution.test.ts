import { expect, test } from 'vitest'
import { config, defaultBehavior, fixture, site, templateText, thrownBy } from '../../test/template-fixture.ts'
import { ConfigurationError, type ConfigurationFault } from './configuration-error.ts'
import { readDistributions } from './read-distribution.ts'

test('a template written by hand', () => {
  const { distributions, problems } = readDistributions(fixture('by-hand.yaml'))
  const [one, ...others] = distributions
  expect([others, problems]).toEqual([[], []])
  expect(one).toMatchObject({ id: 'Site', domainName: 'Site.DomainName', enabled: true, firewall: undefined })
  expect(one.aliases).toEqual(['dev.example.com', 'b.example.com'])
  expect(
    one.behaviors.map(({ pathPattern, isDefault, targetOriginId }) => [pathPattern, isDefault, targetOriginId]),
  ).toEqual([
    ['/api/*', false, 'api'],
    ['*', true, 'assets'],
  ])
  expect(one.behaviors[0]).toMatchObject({
    viewerProtocolPolicy: 'https-only',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    cachedMethods: ['GET', 'HEAD'],
    cachePolicy: { name: 'CachingDisabled', maxTtlSec: 0 },
    originRequestPolicy: { name: 'AllViewerExceptHostHeader' },
    compress: false,
  })
  expect(one.behaviors.at(-1)).toMatchObject({
    allowedMethods: ['GET', 'HEAD'],
    cachePolicy: { name: 'pages', defaultTtlSec: 60 },
    originRequestPolicy: undefined,
    compress: true,
    viewerRequest: { name: 'rewrite-develop', code: expect.stringContaining("{ value: 'develop' }") },
  })
  expect(one.customErrorResponses).toEqual([
    { errorCode: 404, errorCachingMinTtlSec: 10, responsePagePath: '/index.html', responseCode: 200 },
    { errorCode: 503, errorCachingMinTtlSec: 0, responsePagePath: undefined, responseCode: undefined },
  ])
})

test('parameters and names the caller knows reach the distribution', () => {
  const known = { Stage: 'production', 'Site.DomainName': 'd111111abcdef8.cloudfront.net' }
  const [one] = readDistributions(fixture('by-hand.yaml'), { known }).distributions
  expect(one.domainName).toBe('d111111abcdef8.cloudfront.net')
  expect(one.aliases).toEqual(['example.com', 'b.example.com', 'www.example.com'])
})

test('a synthesized template', () => {
  const [one] = readDistributions(fixture('synthesized.json')).distributions
  expect(one.origins.get('outreach-web')).toEqual({
    id: 'outreach-web',
    domainName: 'OutreachWebLiveFunctionUrlC3.FunctionUrl',
    originPath: '',
    kind: 'function-url',
    accessControl: { type: 'lambda', signingBehavior: 'always' },
    grants: { distributions: ['OutreachCdnD4'], mayList: false, authType: 'AWS_IAM' },
    customHeaders: [],
    connectionAttempts: 2,
    connectionTimeoutSec: 10,
    responseTimeoutSec: 30,
    responseCompletionTimeoutSec: undefined,
  })
  expect(one.behaviors[0]?.viewerRequest).toEqual({
    name: 'outreach-viewer-request-develop',
    code: 'function handler(event) { return event.request }',
  })
  expect(one.firewall).toEqual({
    name: 'outreach-develop',
    rate: { limit: 2000, windowSec: 300 },
    bodySize: { limitBytes: 8192, action: 'count' },
    needsUserAgent: true,
  })
})

const rewrite = 'function handler(event) { return event.request }'

test('a live configuration as the API prints it', () => {
  const options = { fileName: 'stages/live.json', functions: { 'rewrite-develop': rewrite } }
  const [one] = readDistributions(fixture('live.json'), options).distributions
  expect(one).toMatchObject({ id: 'live', aliases: ['site.example.com'], firewall: undefined })
  expect(one.behaviors.map(({ pathPattern }) => pathPattern)).toEqual(['/outreach-static/*', '*'])
  expect(one.behaviors.at(-1)).toMatchObject({
    allowedMethods: ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'],
    cachedMethods: ['HEAD', 'GET', 'OPTIONS'],
    originRequestPolicy: { name: 'AllViewer' },
    viewerRequest: { name: 'rewrite-develop', code: rewrite },
  })
  expect(one.origins.get('web')).toMatchObject({
    kind: 'function-url',
    accessControl: { type: 'lambda', signingBehavior: 'always' },
    grants: undefined,
    customHeaders: [{ name: 'x-from', value: 'cdn' }],
    responseTimeoutSec: 20,
  })
  expect(one.origins.get('assets')).toMatchObject({ kind: 's3', originPath: '/v1', accessControl: { type: 's3' } })
  expect(one.customErrorResponses).toEqual([
    { errorCode: 403, errorCachingMinTtlSec: 10, responsePagePath: undefined, responseCode: undefined },
  ])
})

test('a bare DistributionConfig, and one with its id and domain name around it', () => {
  const bare = readDistributions(JSON.stringify(config()), { known: { DistributionId: 'E1BARE' } })
  expect(bare.distributions.map(({ id, domainName }) => [id, domainName])).toEqual([['E1BARE', 'E1BARE.DomainName']])
  const Distribution = { Id: 'E2WHOLE', DomainName: 'd1.cloudfront.net', DistributionConfig: config() }
  const whole = readDistributions(JSON.stringify({ ETag: 'x', Distribution }))
  expect(whole.distributions.map(({ id, domainName }) => [id, domainName])).toEqual([['E2WHOLE', 'd1.cloudfront.net']])
})

const web = { Id: 'web', DomainName: 'web.example.com' }
const { TargetOriginId: _target, ...withoutTarget } = defaultBehavior
const { CachePolicyId: _policy, ...withoutPolicy } = defaultBehavior
const behavior = (changed: object) => ({ CacheBehaviors: [{ PathPattern: '/a', ...defaultBehavior, ...changed }] })
const byDefault = (changed: object) => ({ DefaultCacheBehavior: { ...defaultBehavior, ...changed } })

test.each<[why: string, changed: Readonly<Record<string, unknown>>, code: ConfigurationFault, message: string]>([
  [
    'no target',
    { DefaultCacheBehavior: withoutTarget },
    'malformed',
    'DefaultCacheBehavior.TargetOriginId: is missing',
  ],
  ['a target that is no origin', byDefault({ TargetOriginId: 'wbe' }), 'unknown_origin', 'no origin has the id wbe'],
  ['two origins of one id', { Origins: [web, web] }, 'duplicate_origin', 'Origins[1].Id: web is taken'],
  ['a pattern of 256 characters', behavior({ PathPattern: `/${'a'.repeat(255)}` }), 'bad_pattern', '256 characters'],
  ['a pattern with a space', behavior({ PathPattern: '/a b' }), 'bad_pattern', 'white space'],
  ['no pattern', behavior({ PathPattern: undefined }), 'malformed', 'CacheBehaviors[0].PathPattern: is missing'],
  [
    'no cache policy',
    { DefaultCacheBehavior: withoutPolicy },
    'malformed',
    'needs a CachePolicyId, or ForwardedValues',
  ],
  [
    'methods nobody may choose',
    byDefault({ AllowedMethods: ['GET', 'POST'] }),
    'malformed',
    'CloudFront takes GET, HEAD',
  ],
  [
    'writes that are cached',
    byDefault({ CachedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] }),
    'malformed',
    'DefaultCacheBehavior.CachedMethods',
  ],
  [
    'a protocol policy AWS does not know',
    byDefault({ ViewerProtocolPolicy: 'https' }),
    'malformed',
    'ViewerProtocolPolicy',
  ],
  ['no default behaviour', { DefaultCacheBehavior: undefined }, 'malformed', 'DefaultCacheBehavior'],
  ['neither on nor off', { Enabled: 'maybe' }, 'malformed', 'Enabled'],
  [
    'an unknown cache policy',
    byDefault({ CachePolicyId: 'constructor' }),
    'unknown_cache_policy',
    'cache policy constructor',
  ],
  ['an unknown origin request policy', byDefault({ OriginRequestPolicyId: 'x' }), 'unknown_origin_request_policy', 'x'],
  [
    'an unknown response headers policy',
    byDefault({ ResponseHeadersPolicyId: 'x' }),
    'unknown_response_headers_policy',
    'x',
  ],
  [
    'the managed policy for CORS',
    byDefault({ ResponseHeadersPolicyId: '60669652-455b-4ae9-85a4-c4c02393f86c' }),
    'unsupported',
    'SimpleCORS answers CORS',
  ],
  ['Lambda@Edge', byDefault({ LambdaFunctionAssociations: [{}] }), 'unsupported', 'Lambda@Edge is not run here'],
  ['signed URLs', byDefault({ TrustedKeyGroups: ['k'] }), 'unsupported', 'signed URLs are not checked'],
  [
    'an origin group',
    {
      ...byDefault({ TargetOriginId: 'both' }),
      OriginGroups: { Items: [{ Id: 'both', Members: { Items: [{ OriginId: 'web' }] } }] },
    },
    'unsupported',
    'both is an origin group',
  ],
  ['a page for 418', { CustomErrorResponses: [{ ErrorCode: 418 }] }, 'malformed', 'CloudFront takes 400, 403'],
  [
    'an error page without a status',
    { CustomErrorResponses: [{ ErrorCode: 404, ResponsePagePath: '/404' }] },
    'malformed',
    'CustomErrorResponses[0]: ResponseCode and ResponsePagePath go together',
  ],
])('%s is refused', (_why, changed, code, message) => {
  const error = thrownBy(() => site(changed, {}, { fileName: 'site.json' }))
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^site\.json: Site\.DistributionConfig/) })
  expect(error).toHaveProperty('message', expect.stringContaining(message))
})

test.each<[why: string, text: string, code: ConfigurationFault]>([
  ['a template without a distribution', '{"Resources": {}}', 'no_distribution'],
  ['some other JSON', '{"name": "site"}', 'not_a_configuration'],
  ['prose', 'hello', 'not_a_configuration'],
])('%s is refused', (_why, text, code) => {
  expect(thrownBy(() => readDistributions(text))).toMatchObject({ code })
})

test('C6: the misspelt id of CachingOptimized stops the front door and is a problem for whoever judges', () => {
  const misspelt = '658327ea-f89d-4fab-a63d-7e88639e58f3'
  const text = templateText(behavior({ CachePolicyId: misspelt }))
  expect(thrownBy(() => readDistributions(text))).toMatchObject({ code: 'unknown_cache_policy' })

  const { distributions, problems } = readDistributions(text, { unknownPolicy: 'collect', fileName: 'site.json' })
  expect(problems).toEqual([
    {
      code: 'unknown_cache_policy',
      severity: 'error',
      distribution: 'Site',
      behavior: '/a',
      subject: misspelt,
      where: 'site.json: Site.DistributionConfig.CacheBehaviors[0].CachePolicyId',
      message: `cache policy ${misspelt} is neither AWS's nor in the template; correct the id, or give the policy's settings`,
    },
  ])
  expect(distributions[0].behaviors[0]?.cachePolicy).toMatchObject({ name: `unknown:${misspelt}`, maxTtlSec: 0 })
})

test('whoever judges gets every problem of every behaviour, and placeholders that do nothing', () => {
  const changed = {
    ...behavior({ OriginRequestPolicyId: 'p1', ResponseHeadersPolicyId: 'p2' }),
    ...byDefault({
      FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: 'arn:aws:cloudfront::1:function/f' }],
    }),
  }
  const { distributions, problems } = readDistributions(templateText(changed), { unknownPolicy: 'collect' })
  expect(problems.map(({ code, behavior: pattern, subject }) => [code, pattern, subject])).toEqual([
    ['unknown_origin_request_policy', '/a', 'p1'],
    ['unknown_response_headers_policy', '/a', 'p2'],
    ['unknown_function', '*', 'arn:aws:cloudfront::1:function/f'],
  ])
  const [listed, fallback] = distributions[0].behaviors
  expect(listed.originRequestPolicy).toMatchObject({ name: 'unknown:p1', headers: { behavior: 'none' } })
  expect(listed.responseHeadersPolicy).toEqual({ name: 'unknown:p2', set: [], remove: [], cors: false })
  expect(fallback?.viewerResponse).toEqual({
    name: 'unknown:f',
    code: 'function handler(event) { return event.response }',
  })
})

test('policies of the account are taken from the caller', () => {
  const settings = { name: 'ours', set: [], remove: ['server'], cors: false }
  const one = site(
    byDefault({ ResponseHeadersPolicyId: 'p2' }),
    {},
    { policies: { responseHeaders: { p2: settings } } },
  )
  expect(one.behaviors.at(-1)?.responseHeadersPolicy).toBe(settings)
})

test('76 behaviours are information, for AWS raises that limit on request', () => {
  const CacheBehaviors = Array.from({ length: 76 }, (_, i) => ({ PathPattern: `/${i}`, ...defaultBehavior }))
  const { problems } = readDistributions(templateText({ CacheBehaviors }))
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['many_behaviors', 'information']])
  expect(readDistributions(templateText({ CacheBehaviors: CacheBehaviors.slice(1) })).problems).toEqual([])
})
