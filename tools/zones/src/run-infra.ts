import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { confirm } from '@inquirer/prompts'
import { exampleFacts } from '@sax/infra'
import { isDeployedStage } from '@sax/infra/account-facts'
import { lintExceptions } from '@sax/infra/lint-exceptions'
import { stackName } from '@sax/infra/names'
import { repositoryRoot } from '@sax/local/settings'
import { stageNames, stages } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { infraApply } from './commands/infra-apply.ts'
import { infraBaseline } from './commands/infra-baseline.ts'
import { infraCheck } from './commands/infra-check.ts'
import { infraDrift } from './commands/infra-drift.ts'
import { infraInit } from './commands/infra-init.ts'
import { infraPlan } from './commands/infra-plan.ts'
import { infraRunbook } from './commands/infra-runbook.ts'
import { infraStatus } from './commands/infra-status.ts'
import { lint } from './commands/lint.ts'
import type { Env } from './env.ts'
import { readBaseline, writeBaseline } from './infra/baseline.ts'
import { connectCloud } from './infra/connect.ts'
import { detectFacts } from './infra/detect-facts.ts'
import { readFacts, writeFacts } from './infra/facts-file.ts'
import { Interrupted } from './infra/interrupted.ts'
import type { Pace } from './infra/prepare-change-set.ts'
import { runProgram } from './infra/run-program.ts'
import { templatesOf } from './infra/templates-of.ts'
import { createTerminalAsker } from './infra/terminal-asker.ts'
import { createTerminalProgress } from './infra/terminal-progress.ts'
import type { ChangeOutcome, Outcome } from './outcome.ts'

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
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    exampleFacts,
    templates: templatesOf,
    baseline: (stage, part) => readBaseline(machine.env.accountsRoot, stage, part),
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
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    templates: (stage, facts) => templatesOf(stage, facts),
    cloud: cloudOf(machine),
    pace: paceOf(machine),
    progress: progressOf(),
    shellRegion: machine.env.shellRegion,
    confirm: process.stdin.isTTY && process.stdout.isTTY ? ask(machine.signal) : undefined,
    writeBaseline: (stage, part, baseline) => writeBaseline(machine.env.accountsRoot, stage, part, baseline),
    palette: machine.palette,
  })
}

export function runInfraStatus(
  arguments_: { readonly stage: string; readonly json: boolean },
  machine: InfraMachine,
): Promise<Outcome> {
  return infraStatus(arguments_, {
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    templates: (stage, facts) => templatesOf(stage, facts),
    cloud: cloudOf(machine),
    progress: progressOf(),
    nowMs: Date.now,
    palette: machine.palette,
  })
}

export function runInfraDrift(
  arguments_: { readonly stage: string; readonly json: boolean },
  machine: InfraMachine,
): Promise<Outcome> {
  return infraDrift(arguments_, {
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    stackNames: (stage) => [stackName(stage, 'backend'), stackName(stage, 'site')],
    cloud: cloudOf(machine),
    pace: paceOf(machine),
    progress: progressOf(),
    palette: machine.palette,
  })
}

export function runInfraInit(
  { stage, from }: { readonly stage: string; readonly from?: string | undefined },
  machine: InfraMachine,
): Promise<ChangeOutcome> {
  const asker = process.stdin.isTTY && process.stdout.isTTY ? createTerminalAsker(machine.signal) : undefined
  if (from !== undefined && !existsSync(from)) {
    return Promise.resolve({ kind: 'refused', text: '', reason: `There is no file ${from}.` })
  }
  return infraInit(
    { stage, given: from === undefined ? undefined : { text: readFileSync(from, 'utf8') } },
    {
      facts: (deployed) => readFacts(machine.env.accountsRoot, deployed),
      writeFacts: (deployed, facts) => writeFacts(machine.env.accountsRoot, deployed, facts),
      detect: () => detectFacts(cloudOf(machine)),
      asker,
    },
  )
}

export function runInfraBaseline(machine: InfraMachine): ChangeOutcome {
  return infraBaseline({
    stages: deployed,
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    exampleFacts,
    templates: templatesOf,
    baseline: (stage, part) => readBaseline(machine.env.accountsRoot, stage, part),
    writeBaseline: (stage, part, baseline) => writeBaseline(machine.env.accountsRoot, stage, part, baseline),
    palette: machine.palette,
  })
}

export function runInfraRunbook(): ChangeOutcome {
  const shown = 'docs/runbooks/first-deployment.md'
  const path = join(repositoryRoot, shown)
  return infraRunbook({
    shown,
    read: () => readFileSync(path, 'utf8'),
    write: (document) => writeFileSync(path, document),
  })
}

export async function runInfraCheck(machine: InfraMachine): Promise<Outcome> {
  const { palette } = machine
  const scratch = mkdtempSync(join(tmpdir(), 'sax-infra-check-'))
  const checked = infraCheck({
    scratch,
    stages: deployed,
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    exampleFacts,
    templates: templatesOf,
    baseline: (stage, part) => readBaseline(machine.env.accountsRoot, stage, part),
    run: (program, args) => runProgram(program, args, repositoryRoot),
    node: process.execPath,
    read: (path) => readFileSync(resolve(repositoryRoot, path), 'utf8'),
    lint: () => lint({ distributions: [], format: 'text' }, { root: repositoryRoot, from: repositoryRoot, palette }),
    lintExceptions,
    isBuildMachine: machine.env.isBuildMachine,
    progress: progressOf(),
    nowMs: () => performance.now(),
    palette,
  })
  return checked.finally(() => rmSync(scratch, { recursive: true, force: true }))
}

const deployed = stageNames.filter(isDeployedStage)

function ask(signal: AbortSignal) {
  return async (plan: string, question: string) => {
    process.stdout.write(`\n${plan}\n\n`)
    return confirm({ message: question, default: false }, { signal }).catch(() => false)
  }
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
    goOn: () => {
      if (signal.aborted) throw new Interrupted()
    },
    everyMs: env.pollMs,
    nowMs: Date.now,
    newId: () => randomBytes(4).toString('hex'),
  }
}

function progressOf() {
  return createTerminalProgress(process.stderr.isTTY ? 'default' : 'simple', process.stderr, () => performance.now())
}
