import { describe, expect, test } from 'vitest'
import { distributions, hostDistribution, outreachDistribution } from './distributions.ts'
import { cachePolicyIds, originRequestPolicyIds } from './policies.ts'
import { stageNames } from './stages.ts'
import type { Distribution } from './types.ts'

const everyDistribution = stageNames.flatMap((stage) =>
  (['host', 'edge'] as const).flatMap((routing) =>
    distributions(stage, routing).map((one) => [`${stage}, ${routing}, ${one.zone}`, one] as const),
  ),
)
const behaviors = (one: Distribution) => [...one.cacheBehaviors, one.defaultCacheBehavior]
const table = (one: Distribution) =>
  behaviors(one).map(({ pathPattern, targetOriginId }) => [pathPattern, targetOriginId])

test('edge routing sends each path of the zone to its own origin', () => {
  expect(table(hostDistribution('production', 'edge'))).toEqual([
    ['/outreach/api/*', 'outreach-api-routes'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'outreach-pages'],
    ['/outreach', 'outreach-pages'],
    ['/_next/static/*', 'sleepconnect-assets'],
    ['*', 'sleepconnect-pages'],
  ])
})

test('R2: host routing sends the same paths to the host, and none of them to a gateway', () => {
  expect(table(hostDistribution('production', 'host'))).toEqual([
    ['/outreach/api/*', 'sleepconnect-pages'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'sleepconnect-pages'],
    ['/outreach', 'sleepconnect-pages'],
    ['/_next/static/*', 'sleepconnect-assets'],
    ['*', 'sleepconnect-pages'],
  ])
})

test("the zone's own name serves the zone", () => {
  expect(table(outreachDistribution('production'))).toEqual([
    ['/outreach/api/*', 'outreach-api-routes'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'outreach-pages'],
    ['/outreach', 'outreach-pages'],
    ['*', 'outreach-pages'],
  ])
})

test("the develop stage answers to the old documents' name too", () => {
  expect(outreachDistribution('develop').aliases).toEqual([
    'outreach-dev.mydreamconnect.com',
    'outreach.mydreamconnect.com',
  ])
})

describe.each(everyDistribution)('%s', (_name, distribution) => {
  const patterns = behaviors(distribution).map(({ pathPattern }) => pathPattern)

  test('R5: the bare path stands beside the wildcard, which does not match it', () => {
    expect(patterns).toContain('/outreach')
    expect(patterns).toContain('/outreach/*')
  })

  test('assets have their own behaviour on every public name, and no pattern swallows it', () => {
    expect(patterns).toContain('/outreach-static/*')
    expect(patterns).not.toContain('/outreach*')
  })

  test('C2: whatever is not a hashed file is never cached', () => {
    for (const { pathPattern, cachePolicy, targetOriginId } of behaviors(distribution)) {
      expect([pathPattern, cachePolicy]).toEqual([
        pathPattern,
        targetOriginId.endsWith('-assets') ? 'CachingOptimized' : 'CachingDisabled',
      ])
    }
  })

  test('S15: the forwarded host is overwritten on the way to every server', () => {
    for (const { targetOriginId, forwardedHostFunction } of behaviors(distribution)) {
      expect(forwardedHostFunction).toBe(!targetOriginId.endsWith('-assets'))
    }
  })

  test('no origin is sent a Host it would refuse, and nothing asks for compression that cannot happen', () => {
    for (const { targetOriginId, originRequestPolicy, compress } of behaviors(distribution)) {
      const assets = targetOriginId.endsWith('-assets')
      expect([originRequestPolicy, compress]).toEqual([assets ? 'CORS-S3Origin' : 'AllViewerExceptHostHeader', assets])
    }
  })

  test('writes pass where the API lives, and assets take none', () => {
    const methods = Object.fromEntries(
      behaviors(distribution).map(({ pathPattern, allowedMethods }) => [pathPattern, allowedMethods.join(' ')]),
    )
    expect(methods['/outreach/api/*']).toBe('GET HEAD OPTIONS PUT PATCH POST DELETE')
    expect(methods['/outreach-static/*']).toBe('GET HEAD OPTIONS')
  })
})

test("C6: policies go by name, and the names stand for CloudFront's published ids", () => {
  expect({ ...cachePolicyIds, ...originRequestPolicyIds }).toEqual({
    CachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    CachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    AllViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    'CORS-S3Origin': '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  })
})
