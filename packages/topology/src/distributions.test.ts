import { describe, expect, test } from 'vitest'
import { scheduling, siteOfThree } from '../test/third-zone.ts'
import { compileDistributions, distributions } from './distributions.ts'
import { cachePolicyIds, originRequestPolicyIds } from './policies.ts'
import { routeIn, routingTable } from './routing-table.ts'
import { stageNames } from './stage-names.ts'
import type { Distribution, Stage } from './types.ts'
import { outreach } from './zones.ts'

const everyDistribution = stageNames.flatMap((stage) =>
  (['host', 'edge'] as const).flatMap((routing) =>
    distributions(stage, routing).map((one) => [`${stage}, ${routing}, ${one.zone}`, one] as const),
  ),
)
/** The distribution under the zone's own name. */
const own = (stage: Stage) => distributions(stage)[1] as Distribution
const behaviors = (one: Distribution) => [...one.cacheBehaviors, one.defaultCacheBehavior]
const table = (one: Distribution) =>
  behaviors(one).map(({ pathPattern, targetOriginId }) => [pathPattern, targetOriginId])

test('edge routing sends each path of the zone to its own origin', () => {
  expect(table(distributions('production', 'edge')[0])).toEqual([
    ['/outreach/api/*', 'outreach-api-routes'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'outreach-pages'],
    ['/outreach', 'outreach-pages'],
    ['/_next/static/*', 'sleepconnect-assets'],
    ['*', 'sleepconnect-pages'],
  ])
})

test('R2: host routing sends the same paths to the host, and none of them to a gateway', () => {
  expect(table(distributions('production', 'host')[0])).toEqual([
    ['/outreach/api/*', 'sleepconnect-pages'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'sleepconnect-pages'],
    ['/outreach', 'sleepconnect-pages'],
    ['/_next/static/*', 'sleepconnect-assets'],
    ['*', 'sleepconnect-pages'],
  ])
})

test("the zone's own name serves the zone", () => {
  expect(table(own('production'))).toEqual([
    ['/outreach/api/*', 'outreach-api-routes'],
    ['/outreach-static/*', 'outreach-assets'],
    ['/outreach/*', 'outreach-pages'],
    ['/outreach', 'outreach-pages'],
    ['*', 'outreach-pages'],
  ])
})

test("the develop stage answers to the old documents' name too", () => {
  expect(own('develop').aliases).toEqual(['outreach-dev.mydreamconnect.com', 'outreach.mydreamconnect.com'])
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

describe('a third zone is one entry', () => {
  const rows = (one: { readonly cacheBehaviors: readonly { pathPattern: string; targetOriginId: string }[] }) =>
    one.cacheBehaviors.map(({ pathPattern, targetOriginId }) => [pathPattern, targetOriginId])
  const own = [
    ['/scheduling/api/*', 'scheduling-api-routes'],
    ['/scheduling-static/*', 'scheduling-assets'],
    ['/scheduling/*', 'scheduling-pages'],
    ['/scheduling', 'scheduling-pages'],
  ]

  test('it gets a distribution of its own, under its own name', () => {
    const compiled = compileDistributions(siteOfThree, 'edge')
    expect(compiled.map(({ zone, aliases }) => [zone, ...aliases])).toEqual([
      ['sleepconnect', 'host.test'],
      ['outreach', 'outreach.test'],
      ['scheduling', 'scheduling.test'],
    ])
    expect(rows(compiled[2] as (typeof compiled)[0])).toEqual(own)
  })

  test("the host's name sends its paths to it, and the others' paths where they went before", () => {
    const [edge] = compileDistributions(siteOfThree, 'edge')
    expect(rows(edge)).toEqual([
      ['/outreach/api/*', 'outreach-api-routes'],
      ['/outreach-static/*', 'outreach-assets'],
      ['/outreach/*', 'outreach-pages'],
      ['/outreach', 'outreach-pages'],
      ...own,
      ['/_next/static/*', 'sleepconnect-assets'],
    ])
  })

  test.each([
    ['/scheduling', 'scheduling'],
    ['/scheduling/week', 'scheduling'],
    ['/scheduling-static/_next/x.js', 'scheduling'],
    ['/schedulings', 'sleepconnect'],
    ['/outreach/scheduling', 'outreach'],
  ])('%s belongs to %s', (path, owner) => {
    expect(routeIn(routingTable([outreach, scheduling]), path)?.zone.name ?? 'sleepconnect').toBe(owner)
  })
})
