import { expect, test } from 'vitest'
import { site, thrownBy } from '../../test/template-fixture.ts'

/** The only behaviour, without a cache policy. */
function legacy(settings: object) {
  const DefaultCacheBehavior = { TargetOriginId: 'web', ViewerProtocolPolicy: 'allow-all', ...settings }
  const [{ cachePolicy, originRequestPolicy }] = site({ DefaultCacheBehavior }).behaviors
  return { cachePolicy, originRequestPolicy }
}

const none = { behavior: 'none' }

test('nothing said: lifetimes 0, a day and a year, and nothing but the path in the key', () => {
  expect(legacy({ ForwardedValues: { QueryString: false } })).toEqual({
    cachePolicy: {
      name: 'legacy:ForwardedValues',
      minTtlSec: 0,
      defaultTtlSec: 86_400,
      maxTtlSec: 31_536_000,
      headers: none,
      cookies: none,
      queryStrings: none,
      acceptEncodingGzip: true,
      acceptEncodingBrotli: false,
    },
    originRequestPolicy: undefined,
  })
})

test('what is forwarded is in the key', () => {
  const ForwardedValues = {
    QueryString: 'true',
    Headers: ['Accept', 'CloudFront-Viewer-Country'],
    Cookies: { Forward: 'whitelist', WhitelistedNames: ['Theme'] },
  }
  expect(legacy({ MinTTL: 1, DefaultTTL: 5, MaxTTL: '10', ForwardedValues })).toMatchObject({
    cachePolicy: {
      minTtlSec: 1,
      defaultTtlSec: 5,
      maxTtlSec: 10,
      headers: { behavior: 'whitelist', names: ['accept', 'cloudfront-viewer-country'] },
      cookies: { behavior: 'whitelist', names: ['Theme'] },
      queryStrings: { behavior: 'all' },
    },
    originRequestPolicy: undefined,
  })
})

test('query strings beside the cache keys are forwarded, not in the key', () => {
  const ForwardedValues = { QueryString: true, QueryStringCacheKeys: ['v'], Cookies: { Forward: 'all' } }
  expect(legacy({ ForwardedValues })).toMatchObject({
    cachePolicy: { queryStrings: { behavior: 'whitelist', names: ['v'] }, cookies: { behavior: 'all' } },
    originRequestPolicy: { headers: none, cookies: none, queryStrings: { behavior: 'all' } },
  })
})

test('all headers forwarded: everything reaches the origin, Host too, and nothing is stored', () => {
  const ForwardedValues = { QueryString: true, Headers: ['*'], Cookies: { Forward: 'all' } }
  expect(legacy({ MinTTL: 60, ForwardedValues })).toMatchObject({
    cachePolicy: { minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 0, headers: none },
    originRequestPolicy: {
      headers: { behavior: 'all' },
      cookies: { behavior: 'all' },
      queryStrings: { behavior: 'all' },
    },
  })
})

test('an origin request policy needs a cache policy', () => {
  const both = {
    ForwardedValues: { QueryString: false },
    OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
  }
  expect(thrownBy(() => legacy(both))).toMatchObject({
    code: 'malformed',
    where: 'Site.DistributionConfig.DefaultCacheBehavior',
  })
})
