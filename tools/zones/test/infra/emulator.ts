import { type Cloud as Emulator, startCloud } from '@sax/cloud'
import { stageTemplates } from '@sax/infra'
import type { AccountFacts } from '@sax/infra/account-facts'
import type { AwsSettings } from '../../src/aws/client-settings.ts'
import type { InfraApplyPorts } from '../../src/commands/infra-apply.ts'
import type { Baseline } from '../../src/infra/baseline.ts'
import type { Cloud } from '../../src/infra/cloud.ts'
import { connectCloud } from '../../src/infra/connect.ts'
import type { Pace } from '../../src/infra/prepare-change-set.ts'
import type { StackTemplate } from '../../src/infra/stack-template.ts'
import type { Template } from '../../src/plan/template-plan.ts'
import { develop, noColours, quietProgress } from './fakes.ts'

export { develop }

const [domain = '', id = ''] = Object.entries(develop.hostedZones)[0] ?? []
/** The hosted zone of `develop`, and the name in it that people would type. */
export const developZone = { domain, id, name: `dev.${domain}` } as const

/** AWS for the account of `develop`, whose domain is delegated. Start one for a file, and reset it for each test. */
export function startEmulator(): Promise<Emulator> {
  return startCloud({ accountId: develop.accountId, hostedZones: [{ domain, id }] })
}

/** How genuine clients speak to it. Two attempts: one refusal more than a test stages is seen at once. */
export function settingsOf(emulator: Emulator, more: Partial<AwsSettings> = {}): AwsSettings {
  const { env } = emulator
  return {
    region: 'us-east-1',
    endpoint: emulator.endpoint,
    maxAttempts: 2,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
    ...more,
  }
}

export function cloudOf(emulator: Emulator, more: Partial<AwsSettings> = {}): Cloud {
  return connectCloud(settingsOf(emulator, more), emulator.dnsServer)
}

/** The clock goes on by itself; nobody waits longer than the emulator needs. */
export function quickPace(): Pace {
  let number = 0
  return {
    wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
    goOn: () => undefined,
    everyMs: 3000,
    nowMs: Date.now,
    newId: () => {
      number += 1
      return `t${process.hrtime.bigint().toString(36)}-${number}`
    },
  }
}

/** The stage's genuine templates. */
export function wholeStage(facts: AccountFacts = develop): readonly StackTemplate[] {
  return stageTemplates({ stage: 'develop', facts }).map((one) => ({
    ...one,
    template: one.template as unknown as Template,
    tags: Object.fromEntries(one.tags.map(({ Key, Value }) => [Key, Value])),
  }))
}

export interface TestPorts extends InfraApplyPorts {
  readonly baselines: Record<string, Baseline>
  readonly asked: string[]
}

/** Ports of `zones infra apply`, with somebody who says yes. */
export function applyPorts(
  emulator: Emulator,
  templates: readonly StackTemplate[],
  more: Partial<InfraApplyPorts> = {},
): TestPorts {
  const baselines: Record<string, Baseline> = {}
  const asked: string[] = []
  return {
    facts: () => ({ kind: 'facts', facts: develop, shown: 'accounts/develop.json' }),
    templates: () => templates,
    cloud: cloudOf(emulator),
    pace: quickPace(),
    progress: quietProgress(),
    shellRegion: 'us-east-1',
    confirm: async (plan) => {
      asked.push(plan)
      return true
    },
    writeBaseline: (_stage, part, baseline) => {
      baselines[part] = baseline
      return `infra/baselines/develop/${part}.json`
    },
    palette: noColours,
    baselines,
    asked,
    ...more,
  }
}

/** What was changed in the account, call by call, without the bucket of templates and the plans. */
export function changes(emulator: Emulator): readonly string[] {
  return emulator
    .calls()
    .filter(({ changes: isChange, service, action }) => isChange && service !== 's3' && !/ChangeSet$/.test(action))
    .map(({ service, action }) => `${service}:${action}`)
}
