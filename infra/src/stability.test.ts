import type { RoutingMode } from '@sax/topology'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import type { Stack } from 'aws-cdk-lib/core'
import { expect, test } from 'vitest'
import { alarm, metric } from './constructs/alarm.ts'
import { encryptedLogGroup } from './constructs/log-group.ts'
import { releasedFunction } from './constructs/released-function.ts'
import type { NatChoice, StageSizes } from './sizing.ts'
import type { StageDescription } from './stage-description.ts'
import { exampleStage, synthesized } from './test/synthesized.ts'
import { type Change, changesBetween, losses } from './test/template-changes.ts'
import { withThirdZone } from './test/with-third-zone.ts'

const develop = exampleStage('develop')
const resized = (sizes: Partial<StageSizes>) => ({ ...develop, sizes: { ...develop.sizes, ...sizes } })
const withMemory = (functionMemoryMb: number) => ({ ...develop, settings: { ...develop.settings, functionMemoryMb } })

/** What becomes of each resource of either stack when `after` follows `before`. */
function changes(
  before: StageDescription,
  after: StageDescription,
  { routing = 'host', also }: { readonly routing?: RoutingMode; readonly also?: (stack: Stack) => void } = {},
): readonly Change[] {
  const was = synthesized([before], ['host'])
  return synthesized([after], [routing], also).flatMap((stack, i) => {
    const earlier = was[i]
    return earlier === undefined ? [] : changesBetween(earlier, stack)
  })
}

const ids = (all: readonly Change[], impact: string) => all.filter(([, one]) => one === impact).map(([id]) => id)

test('a zone more adds its resources and updates what lists zones', () => {
  const all = changes(develop, withThirdZone(develop))
  expect(losses(all)).toEqual([])
  expect(ids(all, 'WILL_CREATE')).toContain('SchedulingApiRoutesFunction')
  expect(ids(all, 'WILL_CREATE')).toContain('SchedulingDistribution')
  expect(ids(all, 'WILL_UPDATE')).toContain('SleepconnectDistribution')
  expect(ids(all, 'WILL_UPDATE')).not.toContain('OutreachDistribution')
})

test("origins and behaviours in the middle of a distribution's leave the others what they are", () => {
  const all = changes(develop, withThirdZone(develop, 'between'), { routing: 'edge' })
  expect(losses(all)).toEqual([])
  expect(ids(all, 'WILL_UPDATE')).toContain('SleepconnectDistribution')
})

test('an alarm more is an alarm more', () => {
  const also = (stack: Stack) =>
    void alarm(stack, develop, 'Extra', {
      what: 'one more',
      metrics: [metric('m', { namespace: 'x', name: 'y', dimensions: {}, stat: 'Sum' })],
      ...{ above: 1, breaching: 1, of: 1 },
    })
  expect(changes(develop, develop, { also })).toEqual([
    ['ExtraAlarm', 'WILL_CREATE'],
    ['ExtraAlarm', 'WILL_CREATE'],
  ])
})

test('a function more is a function more', () => {
  const extra = {
    kind: 'worker',
    role: 'extra',
    id: 'Extra',
    part: 'site',
    stackName: 'sleepconnect-develop',
    functionName: 'extra',
    logs: { id: 'Extra', name: '/aws/lambda/extra' },
  } as const
  const also = (stack: Stack) => {
    const key = stack.node.tryFindChild('Key') as CfnKey
    releasedFunction(stack, develop, extra, { logGroup: encryptedLogGroup(stack, develop, key, extra.logs) })
  }
  const all = changes(develop, develop, { also })
  expect(ids(all, 'WILL_CREATE')).toHaveLength(all.length)
  expect(ids(all, 'WILL_CREATE')).toContain('ExtraFunction')
})

test('memory is changed in place', () => {
  const all = changes(develop, withMemory(2048))
  expect(all).toEqual([
    ['OutreachApiFunction', 'WILL_UPDATE'],
    ['SleepconnectPagesFunction', 'WILL_UPDATE'],
    ['OutreachPagesFunction', 'WILL_UPDATE'],
    ['OutreachApiRoutesFunction', 'WILL_UPDATE'],
  ])
})

test('the days that logs are kept are changed in place', () => {
  const all = changes(develop, resized({ logDays: 60 }))
  expect(new Set(all.map(([, impact]) => impact))).toEqual(new Set(['WILL_UPDATE']))
  expect(all.every(([id]) => id.endsWith('Logs'))).toBe(true)
  expect(all.length).toBeGreaterThan(10)
})

test('D12: the other routing mode is an update of one distribution', () => {
  expect(changes(develop, develop, { routing: 'edge' })).toEqual([['SleepconnectDistribution', 'WILL_UPDATE']])
})

test.each<[from: NatChoice, to: NatChoice, created: readonly string[]]>([
  [
    'none',
    'one',
    [
      'FunctionsARoute',
      'FunctionsBRoute',
      'InternetGateway',
      'InternetGatewayAttachment',
      'NatAddressA',
      'NatGatewayA',
      'PublicRoute',
      'PublicRouteTable',
      'PublicSubnetA',
      'PublicSubnetARoutes',
    ],
  ],
  ['one', 'each', ['NatAddressB', 'NatGatewayB', 'PublicSubnetB', 'PublicSubnetBRoutes']],
])('gateways from %s to %s are added', (from, to, created) => {
  const all = changes(resized({ nat: from }), resized({ nat: to }))
  expect(losses(all)).toEqual([])
  expect(ids(all, 'WILL_CREATE').toSorted()).toEqual(created)
  // The second zone's functions leave by their own gateway then.
  expect(ids(all, 'WILL_UPDATE')).toEqual(to === 'each' ? ['FunctionsBRoute'] : [])
})

test('what a cluster may take, and another instance, come without a loss', () => {
  const database = { minAcu: 2, maxAcu: 16, instances: 2, backupDays: 35 } as const
  const all = changes(develop, resized({ database }))
  expect(all).toContainEqual(['DatabaseCluster', 'WILL_UPDATE'])
  expect(all).toContainEqual(['DatabaseInstance2', 'WILL_CREATE'])
  expect(losses(all)).toEqual([])
})

test('the counter-proof: a bucket that is renamed would be replaced, and is seen', () => {
  const renamed = { ...develop, buckets: { ...develop.buckets, outreach: 'another-name' } }
  expect(losses(changes(develop, renamed))).toContainEqual(['OutreachAssetsBucket', 'WILL_REPLACE'])
})

test('the counter-proof: a gateway less would be left behind, and is seen', () => {
  const fewer = losses(changes(resized({ nat: 'each' }), resized({ nat: 'one' })))
  expect(fewer).toContainEqual(['NatGatewayB', 'WILL_ORPHAN'])
})
