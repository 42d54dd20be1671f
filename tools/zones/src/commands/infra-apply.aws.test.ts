import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  applyPorts,
  changes,
  cloudOf,
  develop,
  settingsOf,
  startEmulator,
  wholeStage,
} from '../../test/infra/emulator.ts'
import { createDistributions } from '../aws/invalidations.ts'
import { STACK_POLICY } from '../plan/stack-policy.ts'
import { appliedRouting } from '../release/applied-routing.ts'
import { createStackFacts } from '../release/stack-facts.ts'
import { stageLayout } from '../release/stage-layout.ts'
import { infraApply } from './infra-apply.ts'
import { infraDrift } from './infra-drift.ts'
import { infraPlan } from './infra-plan.ts'
import { infraStatus } from './infra-status.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

const apply = (ports: ReturnType<typeof applyPorts>, yes = false) => infraApply({ stage: 'develop', yes }, ports)

describe('D12: a whole stage', () => {
  test('is created by one command, and the second one finds nothing to do', { timeout: 120_000 }, async () => {
    const stage = wholeStage()
    const ports = applyPorts(emulator, stage)
    const outcome = await apply(ports)
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(ports.asked).toHaveLength(1)
    expect(ports.asked[0]).toContain('Nothing is removed or replaced.')
    const { cloudFormation } = ports.cloud
    for (const { stackName, part, template } of stage) {
      expect(await cloudFormation.stack(stackName)).toMatchObject({ status: 'CREATE_COMPLETE', isProtected: true })
      expect(await cloudFormation.policy(stackName)).toBe(STACK_POLICY)
      expect(ports.baselines[part]).toEqual({ accountId: develop.accountId, routing: 'host', template })
    }

    const before = changes(emulator).length
    const again = applyPorts(emulator, stage)
    expect(await apply(again)).toMatchObject({ kind: 'done' })
    expect(again.asked).toEqual([])
    expect(changes(emulator).slice(before)).toEqual([])

    const planned = await infraPlan(
      { stage: 'develop', online: true, json: false },
      { ...again, exampleFacts: () => develop, baseline: () => undefined, cloud: () => again.cloud },
    )
    expect(planned).toMatchObject({ kind: 'done', text: expect.stringContaining('Nothing to change.') })

    const status = await infraStatus({ stage: 'develop', json: true }, { ...again, nowMs: Date.now })
    const { items } = JSON.parse((status as { text: string }).text) as {
      items: { group: string; name: string; standing: string; findings: string[] }[]
    }
    // Values of secrets are a person's to give, and the address of develop's API is known only now.
    expect(
      items
        .filter(({ standing }) => standing !== 'right')
        .map(({ group, name, findings }) => `${group} ${name}: ${findings.join()}`),
    ).toEqual([
      expect.stringMatching(
        /^API https:\/\/0qz7d63vw2\..*: is another API than this stack's, which answers at https:\/\/.*\/dev$/,
      ),
      'Secrets sleepconnect/develop/auth0: holds no value',
      'Secrets sleepconnect/develop/session: holds no value',
      'Secrets sleepconnect/develop/twilio: holds no value',
      'Secrets sleepconnect/develop/user-context: holds no value',
    ])

    const drift = await infraDrift(
      { stage: 'develop', json: false },
      { ...again, stackNames: () => stage.map(({ stackName }) => stackName) },
    )
    expect(drift).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('Nothing of what can be compared was changed by hand.'),
    })
  })

  test("goes over to the other routing and back by its facts: the host's distribution changes, and nothing is replaced", {
    timeout: 120_000,
  }, async () => {
    const distributions = createDistributions(settingsOf(emulator))
    const stacks = createStackFacts(cloudOf(emulator).cloudFormation)
    const layout = stageLayout('develop', develop)
    const asked: string[] = []
    for (const routing of ['host', 'edge', 'host'] as const) {
      const facts = { ...develop, routing }
      const ports = applyPorts(emulator, wholeStage(facts), {
        facts: () => ({ kind: 'facts', facts, shown: 'accounts/develop.json' }),
      })
      expect(await apply(ports)).toMatchObject({ kind: 'done' })
      asked.push(...ports.asked)
      expect(ports.baselines.site?.routing).toBe(routing)
      expect(await appliedRouting({ distributions, stacks }, layout)).toBe(routing)
    }
    for (const plan of asked.slice(1)) {
      expect(plan).toMatch(/change\s+SleepconnectDistribution/)
      // The records of the host's name follow the distribution's domain, which CloudFormation cannot know to stay.
      expect(plan.match(/AliasTarget follows/g)).toHaveLength(2)
      expect(plan).toContain('May be applied: 3 to change. Nothing is removed or replaced.')
    }
  })
})
