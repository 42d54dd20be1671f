import pico from 'picocolors'
import { describe, expect, test } from 'vitest'
import type { CountedTemplate } from '../cost/stage-resources.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { exitCode } from '../outcome.ts'
import { facts, shownFacts } from '../secrets/test/stage-ports.ts'
import { type InfraCostArguments, infraCost } from './infra-cost.ts'

const Resources = {
  Gateway: { Type: 'AWS::EC2::NatGateway', Properties: {} },
  Firewall: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
}
const given: FactsFile = { kind: 'facts', facts: { ...facts, monthlyBudgetUsd: 50 }, shown: shownFacts }

/** A gateway (32.85) and a firewall (5 + 2), in a stage where nobody does anything. */
const still = ['people=0', 'messages=0', 'natGb=0', 'natOutGb=0', 'warmProcesses=0']

function cost(
  more: Partial<InfraCostArguments> = {},
  {
    file = given,
    now = '2026-12-01',
    resources = Resources,
  }: { file?: FactsFile; now?: string; resources?: CountedTemplate['template']['Resources'] } = {},
) {
  return infraCost(
    { stage: 'develop', assume: still, json: false, ...more },
    {
      facts: () => file,
      exampleFacts: () => facts,
      templates: () => [{ template: { Resources: resources } }],
      nowMs: () => Date.parse(now),
      palette: pico.createColors(false),
    },
  )
}
const textOf = (...parameters: Parameters<typeof cost>) => {
  const outcome = cost(...parameters)
  return 'text' in outcome ? outcome.text : ''
}
const json = (...[more, world]: Parameters<typeof cost>) => JSON.parse(textOf({ ...more, json: true }, world))

describe('text', () => {
  test('groups come by cost with their share, lines within them by cost, and the sum at the end', () => {
    const lines = textOf().split('\n')
    expect(lines[0]).toBe('develop, host routing: 39.85 USD a month')
    const rows = lines.map((line) => line.trim().replace(/ {2,}/g, ' | ')).filter((line) => /\d\.\d\d/.test(line))
    expect(rows.slice(1, 7)).toEqual([
      'network | 32.85 | 82 % | ████████',
      'NAT gateways | 730 × 0.045 per gateway-hour | 32.85',
      'protection | 7.00 | 18 % | ██',
      'firewalls | 1 × 5 per web ACL-month | 5.00',
      'firewall rules | 2 × 1 per rule-month | 2.00',
      'all | 39.85',
    ])
  })

  test('what is assumed is said with its sentence, and what was given is marked', () => {
    const text = textOf()
    expect(text).toMatch(/people +0 people \(given\) +People who work with the site\./)
    expect(text).toMatch(/hoursAPerson +40 hours a month +Hours that one of them/)
    expect(text).toContain('the carrier (Twilio)')
  })

  test.each([
    [50, 'This leaves 10.15 USD of the monthly budget of 50.00 USD.'],
    [39, 'This is 0.85 USD over the monthly budget of 39.00 USD.'],
  ])('a budget of %d USD is compared, and a comparison is no failure', (monthlyBudgetUsd, says) => {
    const outcome = cost({}, { file: { ...given, facts: { ...facts, monthlyBudgetUsd } } })
    expect(exitCode(outcome)).toBe(0)
    expect('text' in outcome && outcome.text).toContain(says)
  })

  test.each([
    ['2027-11-28', false],
    ['2027-11-30', true],
  ])('on %s, prices of 2026-11-28 are told to be old: %s', (now, old) => {
    expect(textOf({}, { now }).includes('The prices were read more than a year ago, on 2026-11-28.')).toBe(old)
  })

  test('a stage without facts is estimated in an invented account, and compared with no budget', () => {
    const text = textOf({}, { file: { kind: 'none', shown: shownFacts } })
    expect(text).toContain('39.85 USD a month')
    expect(text).toContain('The stage has no facts yet')
    expect(text).toContain('No budget is known')
  })

  test('what nobody has priced is said, not left out', () => {
    const text = textOf({}, { resources: { ...Resources, Graph: { Type: 'AWS::Neptune::DBCluster' } } })
    expect(text).toContain('Not counted, for nobody has priced it yet: AWS::Neptune::DBCluster.')
  })

  test('a database that is there already is said not to be counted', () => {
    const database = {
      clusterArn: 'arn:aws:rds:us-east-1:111122223333:cluster:theirs',
      host: 'theirs.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
    } as unknown as NonNullable<(typeof facts)['database']>
    expect(textOf({}, { file: { ...given, facts: { ...facts, database } } })).toContain(
      'are there already and are not counted',
    )
  })
})

describe('JSON', () => {
  test('holds every line with its price, where that comes from and how it is known', () => {
    expect(json().groups[0].lines[0]).toEqual({
      group: 'network',
      what: 'NAT gateways',
      quantity: 730,
      usd: 32.85,
      price: {
        usd: 0.045,
        unit: 'gateway-hour',
        source: 'Amazon VPC Pricing',
        readOn: '2026-11-28',
        evidence: 'recorded',
      },
    })
  })

  test('says what is assumed, what was given, and whether the budget holds', () => {
    const report = json({}, { file: { ...given, facts: { ...facts, monthlyBudgetUsd: 39 } } })
    expect([report.usd, report.budgetUsd, report.overBudget]).toEqual([39.85, 39, true])
    expect(report.assumptions).toContainEqual({
      name: 'people',
      value: 0,
      unit: 'people',
      what: 'People who work with the site.',
      given: true,
    })
  })
})

test.each([
  ['a stage that is none', { stage: 'local' }, given, /there are develop, staging, production/],
  ['a routing that is none', { routing: 'both' }, given, /host or edge/],
  ['an assumption that is none', { assume: ['peple=1'] }, given, /Nothing called "peple"/],
  [
    'facts that are wrong',
    {},
    { kind: 'wrong', why: 'accountId: is missing', shown: shownFacts },
    /accountId: is missing/,
  ],
] as const)('%s is bad input', (_what, more, file, reason) => {
  const outcome = cost(more, { file })
  expect([outcome.kind, exitCode(outcome)]).toEqual(['bad-input', 2])
  expect('reason' in outcome && outcome.reason).toMatch(reason)
})

test('the templates that are asked for are those of the routing that is asked for', () => {
  const asked: string[] = []
  const ports = {
    facts: () => given,
    exampleFacts: () => facts,
    templates: (_stage: string, _facts: unknown, routing: string) => {
      asked.push(routing)
      return []
    },
    nowMs: () => 0,
    palette: pico.createColors(false),
  }
  infraCost({ stage: 'develop', assume: [], json: true }, ports)
  infraCost({ stage: 'develop', routing: 'edge', assume: [], json: true }, ports)
  const file = { kind: 'facts', facts: { ...facts, routing: 'edge' }, shown: shownFacts } as const
  infraCost({ stage: 'develop', assume: [], json: true }, { ...ports, facts: () => file })
  expect(asked).toEqual(['host', 'edge', 'edge'])
})
