import { exampleFacts, stageTemplates } from '@sax/infra'
import type { DeployedStage } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import type { RoutingMode } from '@sax/topology'
import { describe, expect, test } from 'vitest'
import { assumedFor } from './assumptions.ts'
import { estimate } from './estimate.ts'
import { costOfType, freeTypes, pricedTypes } from './resource-types.ts'
import { type CountedTemplate, StageResources } from './stage-resources.ts'
import { trafficOf } from './traffic.ts'

const counted = (stage: DeployedStage, routing: RoutingMode) =>
  stageTemplates({ stage, facts: exampleFacts(stage), routing }) as readonly unknown[] as readonly CountedTemplate[]

function costOf(stage: DeployedStage, routing: RoutingMode, resources: StageResources, ...given: readonly string[]) {
  const parsed = assumedFor(stage, given)
  if (parsed.kind === 'refused') throw new Error(parsed.why)
  const functions = functionsOfStage(stage)
  return estimate({
    resources,
    traffic: trafficOf(parsed.assumed, routing),
    assumed: parsed.assumed,
    kindOf: (name) => functions.find(({ functionName }) => functionName === name)?.kind,
  })
}

const stages = ['develop', 'staging', 'production'] as const
const host = Object.fromEntries(stages.map((stage) => [stage, counted(stage, 'host')]))

test('every type of resource in the templates is priced, or free for a reason', () => {
  const types = stages.flatMap((stage) => [
    ...new StageResources(host[stage] ?? []).types,
    ...new StageResources(counted(stage, 'edge')).types,
  ])
  expect(new Set(types).size).toBeGreaterThan(50)
  expect([...new Set(types)].filter((type) => costOfType(type).kind === 'unknown')).toEqual([])
})

test('a type that nobody has thought about is not known', () => {
  expect(costOfType('AWS::Neptune::DBCluster')).toEqual({ kind: 'unknown' })
})

test('no type is both priced and free, and every reason is a clause', () => {
  expect(pricedTypes.filter((type) => freeTypes.includes(type))).toEqual([])
  for (const type of freeTypes) {
    const cost = costOfType(type)
    expect(cost.kind === 'free' && cost.why.length).toBeGreaterThan(15)
  }
})

test.each(pricedTypes)('%s makes a difference: without it a stage costs another amount', (type) => {
  const templates = host.production ?? []
  const without = templates.map(({ template }) => ({
    template: {
      Resources: Object.fromEntries(Object.entries(template.Resources).filter(([, { Type }]) => Type !== type)),
    },
  }))
  const all = new StageResources(templates)
  const less = new StageResources(without)
  expect(all.count(type)).toBeGreaterThan(0)
  expect(less.count(type)).toBe(0)
  // So much mail that it costs a cent.
  const costs = [less, all].map((resources) => costOf('production', 'host', resources, 'alarmMails=10000').usd)
  expect(costs[0]).not.toBe(costs[1])
})

describe('plausible', () => {
  // Fixed parts of a small stage: gateway 32.85, address 3.65, endpoints 29.20, proxy 87.60, half an ACU 43.80, firewalls 15,
  // alarms 4.10, dashboard 3, metrics 6.60, keys 2, secrets 2: 229.80 without anybody doing anything.
  test.each([
    ['develop', 229.8, 280],
    ['staging', 229.8, 280],
    // A second gateway and address, 5 ACU: 660.50; 60 people ask 20 times a minute.
    ['production', 660.5, 1100],
  ] as const)('%s costs from %d to %d USD a month', (stage, least, most) => {
    const { usd, groups } = costOf(stage, 'host', new StageResources(host[stage] ?? []))
    expect(usd).toBeGreaterThan(least)
    expect(usd).toBeLessThan(most)
    expect(groups.map(({ group }) => group).sort()).toEqual([
      'compute',
      'database',
      'delivery',
      'monitoring',
      'network',
      'protection',
      'secrets',
    ])
    expect(groups.reduce((sum, group) => sum + group.usd, 0)).toBeCloseTo(usd, 2)
  })

  test('edge routing is cheaper than host routing, where the zone’s requests take the way twice', () => {
    const edge = costOf('production', 'edge', new StageResources(counted('production', 'edge'))).usd
    const twice = costOf('production', 'host', new StageResources(host.production ?? [])).usd
    expect(twice - edge).toBeGreaterThan(20)
    expect(twice - edge).toBeLessThan(150)
  })
})
