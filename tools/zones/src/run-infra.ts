import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { confirm } from '@inquirer/prompts'
import { exampleFacts, stageTemplates } from '@sax/infra'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { repositoryRoot } from '@sax/local/settings'
import { type RoutingMode, stages } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { infraApply } from './commands/infra-apply.ts'
import { infraPlan } from './commands/infra-plan.ts'
import type { Env } from './env.ts'
import { readBaseline, writeBaseline } from './infra/baseline.ts'
import { connectCloud } from './infra/connect.ts'
import { readFacts } from './infra/facts-file.ts'
import { Interrupted } from './infra/interrupted.ts'
import type { Pace } from './infra/prepare-change-set.ts'
import type { StackTemplate } from './infra/stack-template.ts'
import { createTerminalProgress } from './infra/terminal-progress.ts'
import type { ChangeOutcome, Outcome } from './outcome.ts'
import type { Template } from './plan/template-plan.ts'

/** `zones infra` on this machine: real clocks, a real terminal, AWS or what AWS_ENDPOINT_URL names. */
export interface InfraMachine {
  readonly env: Env
  readonly palette: Colors
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export function runInfraPlan(
  arguments_: {
    readonly stage: string
    readonly online: boolean
    readonly routing?: string | undefined
    readonly json: boolean
  },
  machine: InfraMachine,
): Promise<Outcome> {
  return infraPlan(arguments_, {
    facts: (stage) => readFacts(repositoryRoot, stage),
    exampleFacts,
    templates: templatesOf,
    baseline: (stage, part) => readBaseline(repositoryRoot, stage, part),
    cloud: () => cloudOf(machine),
    pace: paceOf(machine),
    progress: progressOf(),
    shellRegion: machine.env.shellRegion,
    palette: machine.palette,
  })
}

export function runInfraApply(
  arguments_: { readonly stage: string; readonly yes: boolean },
  machine: InfraMachine,
): Promise<ChangeOutcome> {
  return infraApply(arguments_, {
    facts: (stage) => readFacts(repositoryRoot, stage),
    templates: (stage, facts) => templatesOf(stage, facts, stages[stage].routing),
    cloud: cloudOf(machine),
    pace: paceOf(machine),
    progress: progressOf(),
    shellRegion: machine.env.shellRegion,
    confirm: process.stdin.isTTY && process.stdout.isTTY ? ask(machine.signal) : undefined,
    writeBaseline: (stage, part, baseline) => writeBaseline(repositoryRoot, stage, part, baseline),
    palette: machine.palette,
  })
}

function ask(signal: AbortSignal) {
  return async (plan: string, question: string) => {
    process.stdout.write(`\n${plan}\n\n`)
    return confirm({ message: question, default: false }, { signal }).catch(() => false)
  }
}

function templatesOf(stage: DeployedStage, facts: AccountFacts, routing: RoutingMode): readonly StackTemplate[] {
  return stageTemplates({ stage, facts, routing }).map((one) => ({
    ...one,
    template: one.template as unknown as Template,
    tags: Object.fromEntries(one.tags.map(({ Key, Value }) => [Key, Value])),
  }))
}

function cloudOf({ env }: InfraMachine) {
  return connectCloud(
    { region: stages.production.region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts },
    env.dnsServer,
  )
}

function paceOf({ env, signal }: InfraMachine): Pace {
  return {
    wait: (ms) =>
      sleep(ms, undefined, { signal }).catch(() => {
        throw new Interrupted()
      }),
    everyMs: env.pollMs,
    nowMs: Date.now,
    newId: () => randomBytes(4).toString('hex'),
  }
}

function progressOf() {
  return createTerminalProgress(process.stderr.isTTY ? 'default' : 'simple', process.stderr)
}
