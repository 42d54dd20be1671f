import { expect, test } from 'vitest'
import {
  allViewerExceptHost,
  behaviorNamed,
  cachingOptimized,
  distributionWith,
  originNamed,
} from '../test/configuration.ts'
import { door } from '../test/door.ts'
import { laptopDistributions } from './on-laptop.ts'

const withFunction = (code: string) =>
  distributionWith(
    {},
    behaviorNamed('/x/*', {
      originRequestPolicy: allViewerExceptHost,
      viewerRequest: { name: 'fn', code },
    }),
  )

test('a decision tells every step by name, and no value', () => {
  const { decide } = door(
    withFunction(`function handler(event) {
      const request = event.request
      request.uri = '/other'
      request.headers['x-forwarded-host'] = { value: 'site.example' }
      delete request.headers['x-tenant-id']
      request.querystring.b = { value: 'added' }
      return request
    }`),
  )
  const { kind, trace } = decide('/x/1?a=secret', { headers: { 'x-tenant-id': 'secret', cookie: '__session=secret' } })
  expect(kind).toBe('forward')
  expect(trace).toEqual({
    requestId: 'id-1',
    path: '/x/1',
    distribution: { id: 'E1EXAMPLE', domainName: 'd1.cloudfront.net' },
    behavior: {
      number: 1,
      count: 2,
      pathPattern: '/x/*',
      isDefault: false,
      targetOriginId: 'server',
      cachePolicy: 'CachingDisabled',
      originRequestPolicy: 'AllViewerExceptHostHeader',
      responseHeadersPolicy: undefined,
      viewerRequest: 'fn',
      viewerResponse: undefined,
    },
    function: {
      kind: 'changed',
      headersSet: ['x-forwarded-host'],
      headersRemoved: ['x-tenant-id'],
      uri: '/other',
      queryChanged: true,
    },
    cache: { cacheable: false, keyHeaders: [], keyCookies: [], keyQueryStrings: [], keyAcceptEncoding: undefined },
    origin: {
      id: 'server',
      kind: 'custom',
      domainName: 'server.example',
      path: '/other',
      hasQuery: true,
      signed: false,
      forwarded: ['cookie', 'x-forwarded-host'],
      dropped: ['host'],
    },
  })
  expect(JSON.stringify(trace)).not.toContain('secret')
})

test('the parts of a cache key are told by name', () => {
  const cachePolicy = {
    ...cachingOptimized,
    headers: { behavior: 'whitelist', names: ['rsc', 'next-url'] },
    queryStrings: { behavior: 'all' },
    cookies: { behavior: 'whitelist', names: ['theme'] },
  } as const
  const { decide } = door(distributionWith({}, behaviorNamed('*', { cachePolicy })))
  const headers = { rsc: '1', cookie: 'theme=dark; a=1', 'accept-encoding': 'gzip' }
  expect(decide('/a?q=secret', { headers }).trace.cache).toEqual({
    cacheable: true,
    keyHeaders: ['rsc'],
    keyCookies: ['theme'],
    keyQueryStrings: ['q'],
    keyAcceptEncoding: 'gzip',
  })
})

test('a function that changes the path changes neither behaviour nor origin', () => {
  const distribution = distributionWith(
    {
      origins: new Map([
        ['server', originNamed('server')],
        ['other', originNamed('other')],
      ]),
    },
    behaviorNamed('/x/*', {
      viewerRequest: { name: 'fn', code: 'function handler(e) { e.request.uri = "/y/1"; return e.request }' },
    }),
    behaviorNamed('/y/*', { targetOriginId: 'other' }),
  )
  expect(door(distribution).decide('/x/1').trace).toMatchObject({
    behavior: { pathPattern: '/x/*' },
    origin: { id: 'server', path: '/y/1' },
  })
})

test('an origin hears the path as it came, although behaviours compare it normalised', () => {
  expect(door(distributionWith({}, behaviorNamed('/a/*'))).decide('/x/..//a/./b').trace).toMatchObject({
    behavior: { pathPattern: '/a/*' },
    origin: { path: '/x/..//a/./b' },
  })
})

test('a function does not see what CloudFront keeps from it, and hears the viewer’s address', () => {
  const { decide } = door(
    withFunction(`function handler(event) {
      event.request.headers['x-seen'] = { value: Object.keys(event.request.headers).join() + ' ' + event.viewer.ip }
      return event.request
    }`),
  )
  const decision = decide('/x/1', { headers: { 'x-real-ip': '1', 'x-edge-a': '1', connection: 'x-b', 'x-b': '1' } })
  expect(decision.kind === 'forward' && decision.viewer.headers.get('x-seen')).toBe('host 192.0.2.7')
})

test.each<[what: string, target: string, refusal: string]>([
  ['a long address', `/${'a'.repeat(8192)}`, 'too_large'],
  ['an origin that has no address', '/nowhere/x', 'origin_unknown'],
])('%s is refused before any origin is asked', (_what, target, refusal) => {
  const distribution = distributionWith({}, behaviorNamed('/nowhere/*', { targetOriginId: 'nowhere' }))
  expect(door(distribution).decide(target)).toMatchObject({ kind: 'refused', refusal })
})

test('a disabled distribution answers to nobody', () => {
  expect(door(distributionWith({ enabled: false })).decide('/')).toMatchObject({ refusal: 'unknown_host' })
})

test('the firewall comes before the function', () => {
  const failing = withFunction('function handler() { throw new Error() }')
  const bodySize = { limitBytes: 10, action: 'block' } as const
  const { decide } = door({ ...failing, firewall: { name: 'acl', rate: undefined, bodySize, needsUserAgent: false } })
  expect(decide('/x/1', { method: 'POST', headers: { 'content-length': '11' } })).toMatchObject({ refusal: 'blocked' })
  expect(decide('/x/1', { method: 'POST', headers: { 'content-length': '10' } })).toMatchObject({
    refusal: 'function_failed',
  })
})

test('every function of the site is taken by the runtime, in both routing modes', () => {
  for (const ROUTING_MODE of ['host', 'edge'] as const) {
    const all = laptopDistributions({ STAGE: 'local', ROUTING_MODE, EDGE_HOST_PORT: 8080, EDGE_OUTREACH_PORT: 8081 })
    const decision = door(...all).decide('/outreach/templates', {
      headers: { host: 'localhost:8080', 'user-agent': 'test', 'x-tenant-id': '1' },
    })
    expect(decision.trace.function).toMatchObject({ kind: 'changed', headersRemoved: ['x-tenant-id'] })
  }
})
