import type { CachePolicySettings, OriginRequestPolicySettings } from '@sax/topology/cloudfront'
import { expect, test } from 'vitest'
import {
  allViewer,
  allViewerExceptHost,
  behaviorNamed,
  cachingDisabled,
  cachingOptimized,
  originNamed,
} from '../../test/configuration.ts'
import type { Origin } from '../config/distribution.ts'
import { originRequest } from './origin-request.ts'

const facts = { ip: '192.0.2.7', protocol: 'https', cfId: 'cf-1', edgeName: 'e1.cloudfront.net' } as const
const none = { behavior: 'none' } as const

interface Asked {
  readonly cachePolicy?: CachePolicySettings
  readonly policy?: Partial<OriginRequestPolicySettings> | undefined
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly query?: string
  readonly origin?: Partial<Origin>
}

function asked({
  cachePolicy = cachingDisabled,
  policy,
  headers = {},
  method = 'GET',
  query = '',
  origin = {},
}: Asked) {
  const originRequestPolicy = policy && { name: 'p', headers: none, cookies: none, queryStrings: none, ...policy }
  return originRequest(
    { method, uri: '/outreach/a', query, headers: new Headers({ host: 'site.example', ...headers }) },
    behaviorNamed('*', { cachePolicy, originRequestPolicy }),
    originNamed('server', origin),
    facts,
  )
}

const sent = (request: Asked) => Object.fromEntries(asked(request).headers)

const OWN = {
  host: 'server.example',
  'user-agent': 'Amazon CloudFront',
  via: '1.1 e1.cloudfront.net (CloudFront)',
  'x-amz-cf-id': 'cf-1',
  'x-forwarded-for': '192.0.2.7',
}

test('without an origin request policy an origin hears nothing of the viewer but what every request needs', () => {
  const headers = {
    accept: 'text/html',
    'accept-language': 'de',
    'accept-encoding': 'gzip',
    authorization: 'Bearer x',
    cookie: '__session=x',
    referer: 'https://site.example/x',
    'user-agent': 'Firefox',
    'x-sax-user-context': 'a.b.c',
    'x-real-ip': '203.0.113.1',
    'x-forwarded-proto': 'http',
    'x-amz-cf-id': 'mine',
    'cloudfront-viewer-country': 'DE',
    'x-edge-location': 'x',
    'content-type': 'text/plain',
    range: 'bytes=0-1',
    'if-none-match': '"e"',
  }
  expect(sent({ headers })).toEqual({
    ...OWN,
    'content-type': 'text/plain',
    range: 'bytes=0-1',
    'if-none-match': '"e"',
  })
})

test('names of what was forwarded and dropped are told, values are not', () => {
  const { forwarded, dropped } = asked({
    policy: { headers: { behavior: 'whitelist', names: ['x-a'] } },
    headers: { 'x-a': '1', 'x-b': '2', cookie: 'secret=1', range: 'bytes=0-1' },
  })
  expect([forwarded, dropped]).toEqual([
    ['range', 'x-a'],
    ['cookie', 'host', 'x-b'],
  ])
})

test('Host is the origin’s own unless a policy forwards the viewer’s', () => {
  expect(sent({ policy: allViewerExceptHost }).host).toBe('server.example')
  expect(sent({ policy: allViewer }).host).toBe('site.example')
  expect(sent({ policy: { headers: { behavior: 'whitelist', names: ['host'] } } }).host).toBe('site.example')
})

test('the viewer’s address is appended to what was forwarded before, and so is the door’s name', () => {
  const headers = sent({ headers: { 'x-forwarded-for': '203.0.113.9', via: '1.1 proxy' } })
  expect([headers['x-forwarded-for'], headers.via]).toEqual([
    '203.0.113.9, 192.0.2.7',
    '1.1 proxy, 1.1 e1.cloudfront.net (CloudFront)',
  ])
})

const keyed = (names: readonly string[]): CachePolicySettings => ({
  ...cachingOptimized,
  headers: { behavior: 'whitelist', names },
  queryStrings: { behavior: 'whitelist', names: ['page'] },
  cookies: { behavior: 'whitelist', names: ['theme'] },
})

test('what the cache policy lists is forwarded, even where the origin request policy leaves it out', () => {
  const policy = {
    headers: { behavior: 'allExcept', names: ['x-a'] },
    cookies: { behavior: 'allExcept', names: ['theme'] },
    queryStrings: { behavior: 'allExcept', names: ['page', 'debug'] },
  } as const
  const request = {
    cachePolicy: keyed(['x-a']),
    policy,
    headers: { 'x-a': '1', cookie: 'a=1; theme=dark;b' },
    query: 'q=%20&page=2&debug=1',
  }
  const { headers, target } = asked(request)
  expect(headers.get('x-a')).toBe('1')
  expect(headers.get('cookie')).toBe('a=1; theme=dark; b')
  expect(target).toBe('/outreach/a?q=%20&page=2')
})

test.each<[what: string, queryStrings: OriginRequestPolicySettings['queryStrings'], target: string]>([
  ['none', { behavior: 'none' }, '/outreach/a'],
  ['a list, in which case counts', { behavior: 'whitelist', names: ['a'] }, '/outreach/a?a=1&a=2'],
  ['all but a list', { behavior: 'allExcept', names: ['a'] }, '/outreach/a?A=3&b'],
  ['all, to the letter', { behavior: 'all' }, '/outreach/a?a=1&A=3&&b&a=2'],
])('a query under %s', (_what, queryStrings, target) => {
  expect(asked({ policy: { queryStrings }, query: 'a=1&A=3&&b&a=2' }).target).toBe(target)
})

test('an origin’s own path comes before the viewer’s', () => {
  expect(
    asked({ origin: { originPath: '/prod' }, policy: { queryStrings: { behavior: 'all' } }, query: 'a' }).target,
  ).toBe('/prod/outreach/a?a')
})

test.each<[what: string, request: Asked, value: string | undefined]>([
  ['GET without a policy', {}, undefined],
  ['HEAD without a policy', { method: 'HEAD' }, undefined],
  ['OPTIONS without a policy', { method: 'OPTIONS' }, undefined],
  ['POST without a policy', { method: 'POST' }, 'Bearer x'],
  ['GET with the header in the key', { cachePolicy: keyed(['authorization']) }, 'Bearer x'],
  [
    'GET with the header listed in an origin request policy alone',
    { policy: { headers: { behavior: 'whitelist', names: ['authorization'] } } },
    undefined,
  ],
  ['GET under AllViewer', { policy: allViewer }, 'Bearer x'],
  ['GET under AllViewerExceptHostHeader', { policy: allViewerExceptHost }, 'Bearer x'],
])('Authorization of a %s goes on as %s', (_what, request, value) => {
  expect(sent({ ...request, headers: { authorization: 'Bearer x' } }).authorization).toBe(value)
})

test('CloudFront’s own headers are added where a policy names them, and the viewer’s copies never count', () => {
  const claimed = {
    'cloudfront-viewer-country': 'US',
    'cloudfront-viewer-address': '203.0.113.1:1',
    'cloudfront-x': '1',
  }
  const named = sent({
    headers: claimed,
    policy: { headers: { behavior: 'allViewerAndWhitelistCloudFront', names: ['cloudfront-viewer-address'] } },
  })
  expect(Object.entries(named).filter(([name]) => name.startsWith('cloudfront-'))).toEqual([
    ['cloudfront-viewer-address', '192.0.2.7:0'],
  ])
  const all = sent({ headers: claimed, policy: allViewer })
  expect(Object.keys(all).filter((name) => name.startsWith('cloudfront-'))).toEqual([])
})

test.each<[userAgent: string, kind: string]>([
  ['Mozilla/5.0 (X11; Linux x86_64) Firefox/140', 'desktop'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile', 'mobile'],
  ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile', 'tablet'],
])('%s is a %s', (userAgent, kind) => {
  const names = ['desktop', 'mobile', 'tablet', 'smarttv'].map((one) => `cloudfront-is-${one}-viewer`)
  const headers = sent({ policy: { headers: { behavior: 'whitelist', names } }, headers: { 'user-agent': userAgent } })
  expect(names.filter((name) => headers[name] === 'true')).toEqual([`cloudfront-is-${kind}-viewer`])
  expect(headers['user-agent']).toBe('Amazon CloudFront')
})

test.each<[cachePolicy: CachePolicySettings, policy: Asked['policy'], accept: string, sentOn: string | undefined]>([
  [cachingOptimized, undefined, 'gzip, deflate, br;q=1', 'br,gzip'],
  [cachingOptimized, allViewer, 'gzip, zstd', 'gzip'],
  [cachingDisabled, undefined, 'gzip, br', undefined],
  [cachingDisabled, allViewer, 'gzip, zstd', 'gzip, zstd'],
])('Accept-Encoding under $name', (cachePolicy, policy, accept, sentOn) => {
  expect(sent({ cachePolicy, policy, headers: { 'accept-encoding': accept } })['accept-encoding']).toBe(sentOn)
})

test('an origin’s custom headers win over the viewer’s', () => {
  const customHeaders = [{ name: 'X-Origin-Key', value: 'ours' }]
  expect(
    sent({ policy: allViewer, origin: { customHeaders }, headers: { 'x-origin-key': 'theirs' } })['x-origin-key'],
  ).toBe('ours')
})
