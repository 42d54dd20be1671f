import { describe, expect, test } from 'vitest'
import { develop, noColours, quietProgress, retained, stackOf, templateOf } from '../../test/infra/fakes.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import type { Template } from '../plan/template-plan.ts'
import { type InfraPlanPorts, infraPlan } from './infra-plan.ts'

const queue = (seconds: number) =>
  templateOf({ Outbox: retained('AWS::SQS::Queue', { QueueName: 'outbox', VisibilityTimeout: seconds }) })
const bucket = (name: string) => templateOf({ Files: retained('AWS::S3::Bucket', { BucketName: name }) })

const ports = (
  wanted: Template,
  baseline: Template | undefined,
  more: Partial<InfraPlanPorts> = {},
): InfraPlanPorts => ({
  facts: () => ({ kind: 'facts', facts: develop, shown: 'accounts/develop.json' }),
  exampleFacts: () => develop,
  templates: (_stage, facts) => [stackOf('backend', wanted, facts)],
  baseline: () =>
    baseline === undefined ? undefined : { accountId: develop.accountId, routing: 'host', template: baseline },
  cloud: () => {
    throw new Error('nobody is asked')
  },
  pace: { wait: async () => undefined, goOn: () => undefined, everyMs: 1, nowMs: () => 0, newId: () => 'x' },
  progress: quietProgress(),
  shellRegion: undefined,
  palette: noColours,
  ...more,
})
const asked = { stage: 'develop', online: false, json: false }

test('what changes in place may be applied', async () => {
  const outcome = await infraPlan(asked, ports(queue(60), queue(30)))
  expect(outcome).toMatchObject({ kind: 'done', text: expect.stringContaining('VisibilityTimeout: 30 -> 60') })
  expect(outcome).toMatchObject({
    text: expect.stringContaining('May be applied: 1 to change. Nothing is removed or replaced.'),
  })
})

test("the templates are those of the stage's own routing, which its facts may say, or of the one that is asked for", async () => {
  const routings: string[] = []
  const own = { ...develop, routing: 'edge' } as const
  const more: Partial<InfraPlanPorts> = {
    facts: () => ({ kind: 'facts', facts: own, shown: 'accounts/develop.json' }),
    templates: (_stage, facts, routing) => {
      routings.push(routing)
      return [stackOf('backend', queue(30), facts)]
    },
  }
  await infraPlan(asked, ports(queue(30), queue(30)))
  await infraPlan(asked, ports(queue(30), queue(30), more))
  await infraPlan({ ...asked, routing: 'host' }, ports(queue(30), queue(30), more))
  expect(routings).toEqual(['edge', 'host'])
})

test('no change is said so', async () => {
  expect(await infraPlan(asked, ports(queue(30), queue(30)))).toMatchObject({
    kind: 'done',
    text: expect.stringContaining('Nothing to change.'),
  })
})

test('what would be replaced fails, with the resource and the reason', async () => {
  const outcome = await infraPlan(asked, ports(bucket('b'), bucket('a')))
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'Applying this would be refused.' })
  const { text } = outcome as { text: string }
  expect(text).toMatch(/replace\s+Files\s+BucketName: a -> b/)
  expect(text).toContain('refused Files (S3::Bucket): it would be replaced')
  expect(text).toContain('Refused: 1 reason above. Nothing may be applied.')
})

test('JSON has every change, its reason and its risk, and the verdict', async () => {
  const outcome = await infraPlan({ ...asked, json: true }, ports(bucket('b'), bucket('a')))
  expect(JSON.parse((outcome as { text: string }).text)).toEqual({
    stage: 'develop',
    verdict: 'refused',
    stacks: [
      {
        stackName: 'sleepconnect-backend-develop',
        source: 'baseline',
        changes: [
          {
            logicalId: 'Files',
            type: 'AWS::S3::Bucket',
            action: 'replace',
            reason: 'BucketName: a -> b',
            risk: 'a new one would be made, and everything that points at the old one would have to follow',
          },
        ],
        verdict: {
          kind: 'refused',
          refusals: [{ logicalId: 'Files', type: 'AWS::S3::Bucket', why: 'it would be replaced' }],
        },
        notes: [],
      },
    ],
  })
})

describe('what is compared with', () => {
  test('without facts the example account is planned for, and said so', async () => {
    const none: FactsFile = { kind: 'none', shown: 'accounts/develop.json' }
    const outcome = await infraPlan(asked, ports(queue(30), queue(30), { facts: () => none }))
    expect(outcome).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('Planned for the example account 111122223333.'),
    })
  })

  test('the baseline of another account says nothing about this one', async () => {
    const other = { ...develop, accountId: '999988887777' }
    const outcome = await infraPlan(
      asked,
      ports(queue(30), queue(30), { facts: () => ({ kind: 'facts', facts: other, shown: 'x' }) }),
    )
    expect(outcome).toMatchObject({ kind: 'done', text: expect.stringContaining('1 to add') })
    expect(outcome).toMatchObject({
      text: expect.stringContaining(
        'The committed baseline is of account 111122223333: nothing of 999988887777 is known',
      ),
    })
  })

  test('without a baseline all is new', async () => {
    expect(await infraPlan(asked, ports(queue(30), undefined))).toMatchObject({
      text: expect.stringContaining('There is no baseline yet'),
    })
  })
})

test.each<
  [what: string, arguments_: Partial<Parameters<typeof infraPlan>[0]>, facts: FactsFile | undefined, says: string]
>([
  ['a stage that does not exist', { stage: 'devel' }, undefined, 'No stage of that name'],
  ["a laptop's stage", { stage: 'local' }, undefined, 'No stage of that name'],
  ['a routing mode that does not exist', { routing: 'proxy' }, undefined, '--routing is host or edge'],
  [
    'facts that are wrong',
    {},
    { kind: 'wrong', why: 'accountId: twelve digits', shown: 'x' },
    'accountId: twelve digits',
  ],
  ['a question to AWS without facts', { online: true }, { kind: 'none', shown: 'x' }, 'npx zones infra init develop'],
])('%s is bad input', async (_what, more, facts, says) => {
  const outcome = await infraPlan(
    { ...asked, ...more },
    ports(queue(1), undefined, facts === undefined ? {} : { facts: () => facts }),
  )
  expect(outcome).toMatchObject({ kind: 'bad-input', reason: expect.stringContaining(says) })
})
