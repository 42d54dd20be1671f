import type { CachePolicySettings } from '@sax/topology/cloudfront'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allViewerExceptHost, asSaid, behaviorWith, disabled, optimized } from '../../test/caching-site.ts'
import type { Behavior } from '../config/distribution.ts'
import { cacheKey, type KeyedRequest } from './cache-key.ts'

interface Asked {
  readonly uri?: string
  readonly query?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly behavior?: Behavior
  readonly distributionId?: string
}

const listing: CachePolicySettings = {
  ...asSaid,
  headers: { behavior: 'whitelist', names: ['RSC', 'Next-Url'] },
  cookies: { behavior: 'whitelist', names: ['lang'] },
  queryStrings: { behavior: 'whitelist', names: ['page', 'sort'] },
}

function keyed(asked: Asked, policy = listing): KeyedRequest {
  const { headers = {}, ...rest } = asked
  const defaults = { behavior: behaviorWith(policy), distributionId: 'host', uri: '/', query: '', method: 'GET' }
  return { ...defaults, ...rest, headers: new Headers(headers) }
}

const keyOf = (asked: Asked, policy = listing) => cacheKey(keyed(asked, policy)).key

describe('the same object answers both', () => {
  test.each<[why: string, one: Asked, other: Asked]>([
    ['a header the policy does not list', { headers: { accept: 'a' } }, { headers: { accept: 'b' } }],
    ['the case of a listed header’s name', { headers: { rsc: '1' } }, { headers: { RSC: '1' } }],
    ['another host name of the distribution', { headers: { host: 'a.test' } }, { headers: { host: 'b.test' } }],
    ['Cache-Control and Pragma', { headers: { 'cache-control': 'no-cache', pragma: 'no-cache' } }, {}],
    [
      'a cookie the policy does not list',
      { headers: { cookie: 'lang=de; s=1' } },
      { headers: { cookie: 's=2; lang=de' } },
    ],
    ['a query string the policy does not list', { query: 'page=1&utm=x' }, { query: 'page=1' }],
    ['the order of listed query strings', { query: 'sort=a&page=1' }, { query: 'page=1&sort=a' }],
  ])('despite %s', (_, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other))
  })
})

describe('each has its own object', () => {
  test.each<[why: string, one: Asked, other: Asked]>([
    ['the path', { uri: '/a' }, { uri: '/b' }],
    ['the path’s case', { uri: '/a' }, { uri: '/A' }],
    ['the path’s encoding', { uri: '/a' }, { uri: '/%61' }],
    ['the distribution', { distributionId: 'host' }, { distributionId: 'zone' }],
    ['the method', { method: 'GET' }, { method: 'HEAD' }],
    ['a listed header', { headers: { rsc: '1' } }, {}],
    ['a listed header’s value', { headers: { 'next-url': '/a' } }, { headers: { 'next-url': '/A' } }],
    ['a listed cookie', { headers: { cookie: 'lang=de' } }, { headers: { cookie: 'lang=en' } }],
    ['a listed cookie’s case', { headers: { cookie: 'lang=de' } }, { headers: { cookie: 'Lang=de' } }],
    ['a listed query string', { query: 'page=1' }, { query: 'page=2' }],
    ['an empty query string against none', { query: 'page=' }, {}],
    ['the order of values of one query string', { query: 'page=1&page=2' }, { query: 'page=2&page=1' }],
    ['what is a cookie and what a query string', { headers: { cookie: 'lang=1' } }, { query: 'lang=1' }],
  ])('because of %s', (_, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other))
  })

  test('because of the order of query strings, where all are in the key', () => {
    const all: CachePolicySettings = { ...asSaid, queryStrings: { behavior: 'all' } }
    expect(keyOf({ query: 'a=1&b=2' }, all)).not.toBe(keyOf({ query: 'b=2&a=1' }, all))
  })
})

test('allExcept leaves out the named ones and takes all others', () => {
  const policy: CachePolicySettings = {
    ...asSaid,
    cookies: { behavior: 'allExcept', names: ['__session'] },
    queryStrings: { behavior: 'allExcept', names: ['utm'] },
  }
  const { parts } = cacheKey(keyed({ query: 'b=2&utm=x&a=1', headers: { cookie: 'z=1; __session=s; a=2' } }, policy))
  expect([parts.cookies, parts.queryStrings]).toEqual([
    ['a=2', 'z=1'],
    ['b=2', 'a=1'],
  ])
})

test('the parts name what is in the key', () => {
  const headers = { rsc: '1', 'next-url': '/a', accept: 'x', cookie: 'lang=de; s=1', 'accept-encoding': 'gzip' }
  expect(cacheKey(keyed({ uri: '/p', query: 'sort=a&x=1&page=2', headers })).parts).toEqual({
    distributionId: 'host',
    method: 'GET',
    path: '/p',
    headers: { 'next-url': '/a', rsc: '1' },
    cookies: ['lang=de'],
    queryStrings: ['page=2', 'sort=a'],
    acceptEncoding: undefined,
  })
})

test('what only the origin request policy forwards is not in the key', () => {
  const behavior = behaviorWith(asSaid, { originRequestPolicy: allViewerExceptHost })
  const asA = { behavior, query: 'q=a', headers: { cookie: 'who=a', authorization: 'a' } }
  expect(keyOf(asA)).toBe(keyOf({ behavior }))
})

test.each<[sent: string | undefined, gzip: boolean, brotli: boolean, inKey: string | undefined]>([
  ['gzip, deflate, br, zstd', true, true, 'br,gzip'],
  ['br;q=1.0, GZIP;q=0.5', true, true, 'br,gzip'],
  ['gzip', true, true, 'gzip'],
  ['br', true, true, 'br'],
  ['gzip, br;q=0', true, true, 'gzip'],
  ['gzip, br', true, false, 'gzip'],
  ['gzip, br', false, true, 'br'],
  ['deflate', true, true, undefined],
  [undefined, true, true, undefined],
  ['gzip, br', false, false, undefined],
])('Accept-Encoding %s with gzip %s and brotli %s is %s in the key', (sent, gzip, brotli, inKey) => {
  const policy = { ...asSaid, acceptEncodingGzip: gzip, acceptEncodingBrotli: brotli }
  const headers: Record<string, string> = sent === undefined ? {} : { 'accept-encoding': sent }
  expect(cacheKey(keyed({ headers }, policy)).parts.acceptEncoding).toBe(inKey)
})

test.each<[why: string | undefined, method: string, policy: CachePolicySettings]>([
  [undefined, 'GET', optimized],
  [undefined, 'HEAD', optimized],
  ['method', 'OPTIONS', optimized],
  ['method', 'POST', optimized],
  ['caching_disabled', 'GET', disabled],
  ['all_headers', 'GET', { ...asSaid, headers: { behavior: 'all' } }],
])('%s is why a %s under this policy may not be kept', (why, method, policy) => {
  expect(cacheKey(keyed({ method }, policy)).uncacheable).toBe(why)
})

test('OPTIONS may be kept where the behaviour caches it', () => {
  const behavior = behaviorWith(optimized, { cachedMethods: ['GET', 'HEAD', 'OPTIONS'] })
  expect(cacheKey(keyed({ method: 'OPTIONS', behavior })).uncacheable).toBeUndefined()
})

describe('C1: for any two requests', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9._~%-]{1,8}$/)
  const values = fc.record({ rsc: word, nextUrl: word, lang: word, page: word })
  const noise = fc.record({ accept: word, session: word, utm: word })
  const asked = (
    v: { rsc: string; nextUrl: string; lang: string; page: string },
    n: Record<string, string>,
  ): Asked => ({
    uri: '/patients',
    query: `utm=${n.utm}&page=${v.page}`,
    headers: {
      rsc: v.rsc,
      'next-url': v.nextUrl,
      cookie: `session=${n.session}; lang=${v.lang}`,
      accept: n.accept ?? '',
    },
  })

  test('what is outside the key never tells them apart', () => {
    fc.assert(fc.property(values, noise, noise, (v, one, other) => keyOf(asked(v, one)) === keyOf(asked(v, other))))
  })

  test('what is inside the key always does', () => {
    const differ = (a: object, b: object): boolean => JSON.stringify(a) !== JSON.stringify(b)
    fc.assert(
      fc.property(values, values, noise, (one, other, n) => {
        fc.pre(differ(one, other))
        return keyOf(asked(one, n)) !== keyOf(asked(other, n))
      }),
    )
  })
})
