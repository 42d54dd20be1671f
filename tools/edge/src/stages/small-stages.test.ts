import { expect, test } from 'vitest'
import { behaviorNamed, distributionWith, originNamed } from '../../test/configuration.ts'
import { isMethodAllowed } from './allowed-methods.ts'
import { errorCachingMinTtlSec, errorPageOf } from './custom-error-response.ts'
import { removeHopByHop } from './hop-by-hop.ts'
import { signRequest } from './origin-access-control.ts'
import { isWithinLimits, requestBytes } from './request-size.ts'
import { addOwnHeaders } from './respond.ts'
import { applyResponseHeadersPolicy } from './response-headers-policy.ts'
import { selectDistribution } from './select-distribution.ts'
import { viewerProtocol } from './viewer-protocol.ts'

const all = [
  distributionWith({ id: 'host', domainName: 'd1.cloudfront.net', aliases: ['dreamconnect.health'] }),
  distributionWith({ id: 'laptop', domainName: 'd2.cloudfront.net', aliases: ['localhost:8080'] }),
  distributionWith({ id: 'wild', domainName: 'd3.cloudfront.net', aliases: ['*.dreamconnect.health'] }),
  distributionWith({ id: 'zone', domainName: 'd4.cloudfront.net', aliases: ['outreach.dreamconnect.health'] }),
  distributionWith({ id: 'off', domainName: 'd5.cloudfront.net', aliases: ['off.example'], enabled: false }),
]

test.each<[host: string | null, id: string | undefined]>([
  ['dreamconnect.health', 'host'],
  ['DREAMconnect.health', 'host'],
  ['dreamconnect.health:443', 'host'],
  ['d1.cloudfront.net', 'host'],
  ['localhost:8080', 'laptop'],
  ['localhost:8081', undefined],
  ['localhost', undefined],
  ['outreach.dreamconnect.health', 'zone'],
  ['other.dreamconnect.health', 'wild'],
  ['a.b.dreamconnect.health', undefined],
  ['.dreamconnect.health', undefined],
  ['off.example', undefined],
  ['evil.example', undefined],
  ['dreamconnect.health.evil.example', undefined],
  ['', undefined],
  [null, undefined],
])('host %s is answered by %s', (host, id) => {
  expect(selectDistribution(all, host)?.id).toBe(id)
})

const read = behaviorNamed('/outreach/*', { allowedMethods: ['GET', 'HEAD', 'OPTIONS'] })
const write = behaviorNamed('/outreach/api/*')

test.each<[behavior: typeof read, method: string, hasBody: boolean, allowed: boolean]>([
  [read, 'GET', false, true],
  [read, 'HEAD', false, true],
  [read, 'OPTIONS', false, true],
  [read, 'POST', true, false],
  [read, 'GET', true, false],
  [read, 'HEAD', true, false],
  [write, 'POST', true, true],
  [write, 'DELETE', true, true],
  [write, 'PROPFIND', false, false],
])('$pathPattern takes %s (body: %s): %s', (behavior, method, hasBody, allowed) => {
  expect(isMethodAllowed(behavior, method, hasBody)).toBe(allowed)
})

test.each<[urlBytes: number, bytes: number, ok: boolean]>([
  [8192, 20_480, true],
  [8193, 9000, false],
  [10, 20_481, false],
])('a URL of %i bytes in a request of %i: %s', (urlBytes, bytes, ok) => {
  expect(isWithinLimits(urlBytes, bytes)).toBe(ok)
})

test('the size of a request is what was on the wire', () => {
  // GET /a HTTP/1.1\r\n = 17, Host: x\r\n = 9, the empty line = 2
  expect(requestBytes('GET', '/a', ['Host', 'x'])).toBe(28)
})

const over = { host: 'site.example:80', target: '/a?b=c' }

test.each<
  [
    policy: 'allow-all' | 'redirect-to-https' | 'https-only',
    protocol: 'http' | 'https',
    method: string,
    verdict: object,
  ]
>([
  ['allow-all', 'http', 'GET', { kind: 'allowed' }],
  ['https-only', 'https', 'GET', { kind: 'allowed' }],
  ['https-only', 'http', 'GET', { kind: 'refused' }],
  ['redirect-to-https', 'https', 'POST', { kind: 'allowed' }],
  ['redirect-to-https', 'http', 'GET', { kind: 'redirect', status: 301, location: 'https://site.example/a?b=c' }],
  ['redirect-to-https', 'http', 'HEAD', { kind: 'redirect', status: 301, location: 'https://site.example/a?b=c' }],
  ['redirect-to-https', 'http', 'POST', { kind: 'redirect', status: 307, location: 'https://site.example/a?b=c' }],
  ['redirect-to-https', 'http', 'OPTIONS', { kind: 'redirect', status: 307, location: 'https://site.example/a?b=c' }],
])('%s over %s for %s', (viewerProtocolPolicy, protocol, method, verdict) => {
  expect(viewerProtocol(behaviorNamed('*', { viewerProtocolPolicy }), { ...over, protocol, method })).toEqual(verdict)
})

test('headers between two neighbours and those that Connection names do not go on; Host and length do', () => {
  const headers = new Headers({
    connection: 'close, X-Secret, host, content-length, a b',
    te: 'trailers',
    'x-secret': '1',
    host: 'site.example',
    'content-length': '2',
    accept: '*/*',
  })
  removeHopByHop(headers)
  expect(Object.fromEntries(headers)).toEqual({
    accept: '*/*',
    'content-length': '2',
    host: 'site.example',
  })
})

test.each<
  [
    signingBehavior: 'always' | 'no-override' | 'never' | undefined,
    authorization: string | null,
    signedBy: string | undefined,
    left: string | null,
  ]
>([
  ['always', 'Bearer x', 'E1', null],
  ['always', null, 'E1', null],
  ['no-override', 'Bearer x', undefined, 'Bearer x'],
  ['no-override', null, 'E1', null],
  ['never', 'Bearer x', undefined, 'Bearer x'],
  [undefined, 'Bearer x', undefined, 'Bearer x'],
])('signing %s with authorization %s: signed by %s, %s goes on', (signingBehavior, authorization, signedBy, left) => {
  const accessControl = signingBehavior && { type: 'lambda' as const, signingBehavior }
  const headers = new Headers(authorization === null ? {} : { authorization })
  expect(signRequest(headers, originNamed('f', { accessControl }), 'E1')).toBe(signedBy)
  expect(headers.get('authorization')).toBe(left)
})

test('a response headers policy sets, leaves alone what it does not override, and removes', () => {
  const headers = new Headers({ server: 'nginx', 'x-frame-options': 'SAMEORIGIN', 'referrer-policy': 'origin' })
  applyResponseHeadersPolicy(headers, {
    name: 'p',
    set: [
      { name: 'X-Frame-Options', value: 'DENY', override: true },
      { name: 'referrer-policy', value: 'no-referrer', override: false },
      { name: 'x-new', value: '1', override: false },
    ],
    remove: ['server'],
    cors: false,
  })
  expect(Object.fromEntries(headers)).toEqual({ 'referrer-policy': 'origin', 'x-frame-options': 'DENY', 'x-new': '1' })
})

const errors = [
  { errorCode: 404, errorCachingMinTtlSec: 5, responsePagePath: '/404.html', responseCode: 200 },
  { errorCode: 503, errorCachingMinTtlSec: 0, responsePagePath: '/sorry.html', responseCode: undefined },
  { errorCode: 500, errorCachingMinTtlSec: 0, responsePagePath: undefined, responseCode: undefined },
  { errorCode: 412, errorCachingMinTtlSec: 0, responsePagePath: '/412.html', responseCode: undefined },
]

test.each<[status: number, page: object | undefined, cachingSec: number]>([
  [404, { path: '/404.html', status: 200 }, 5],
  [503, { path: '/sorry.html', status: 503 }, 0],
  [500, undefined, 0],
  [412, undefined, 0],
  [502, undefined, 10],
])('status %i is shown as %j and kept for %i s at least', (status, page, cachingSec) => {
  expect(errorPageOf(errors, status)).toEqual(page)
  expect(errorCachingMinTtlSec(errors, status)).toBe(cachingSec)
})

const facts = { edgeName: 'e1.cloudfront.net', cfId: 'id-1', ageSec: undefined }

test('a viewer is told how the answer came about, once for each proxy on the way', () => {
  const sent = new Headers({ via: '1.1 origin', 'keep-alive': '5' })
  addOwnHeaders(sent, 200, { ...facts, cacheStatus: 'Hit', ageSec: 7 })
  expect(Object.fromEntries(sent)).toEqual({
    age: '7',
    via: '1.1 origin, 1.1 e1.cloudfront.net (CloudFront)',
    'x-amz-cf-id': 'id-1',
    'x-amz-cf-pop': 'LAP50-P1',
    'x-cache': 'Hit from cloudfront',
  })
})

test.each<[status: number, cacheStatus: 'Miss' | 'Hit' | 'RefreshHit' | 'FunctionGeneratedResponse', said: string]>([
  [200, 'Miss', 'Miss from cloudfront'],
  [404, 'Miss', 'Error from cloudfront'],
  [404, 'Hit', 'Error from cloudfront'],
  [200, 'RefreshHit', 'RefreshHit from cloudfront'],
  [400, 'FunctionGeneratedResponse', 'FunctionGeneratedResponse from cloudfront'],
])('%i by %s is called %s', (status, cacheStatus, said) => {
  const headers = new Headers()
  addOwnHeaders(headers, status, { ...facts, cacheStatus })
  expect(headers.get('x-cache')).toBe(said)
})
