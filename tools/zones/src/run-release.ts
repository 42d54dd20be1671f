import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DeployedStage, isDeployedStage } from '@sax/infra/account-facts'
import { releaseBucketName } from '@sax/infra/names'
import { repositoryRoot } from '@sax/local/settings'
import { type RoutingMode, stages } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import { createAlarms } from './aws/alarms.ts'
import { callerOf } from './aws/caller.ts'
import type { AwsSettings } from './aws/client-settings.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import { createIdentity } from './aws/identity.ts'
import { createDistributions } from './aws/invalidations.ts'
import { createInvoker, invokeFunction, invokeOften } from './aws/invoke.ts'
import { createFunctionEnvironments } from './aws/lambda-environment.ts'
import { createReleasedFunctions } from './aws/released-functions.ts'
import { createBuckets } from './aws/s3-bucket.ts'
import { createSecretStore } from './aws/secrets-manager.ts'
import { type DeployPorts, deploy, type StageCommandPorts } from './commands/deploy.ts'
import { gate } from './commands/gate.ts'
import { promote } from './commands/promote.ts'
import { prune } from './commands/prune.ts'
import { releases } from './commands/releases.ts'
import { rollback } from './commands/rollback.ts'
import type { Env } from './env.ts'
import { readFacts } from './infra/facts-file.ts'
import { createTerminalProgress } from './infra/terminal-progress.ts'
import type { ChangeOutcome, Outcome } from './outcome.ts'
import { appliedRouting } from './release/applied-routing.ts'
import { gateKey } from './release/bucket-keys.ts'
import { gateResultsInFolder, keepInFolder } from './release/gate-folder.ts'
import { type GateResult, gateNames } from './release/gates.ts'
import { judgeSecrets } from './release/judge-secrets.ts'
import type { Typing } from './release/left-out-gates.ts'
import { artefactInFolder, runHere } from './release/on-this-machine.ts'
import type { ExpectedReleases, ReleasePorts, StageProbe } from './release/ports.ts'
import type { Patience } from './release/settle.ts'
import { createStackFacts } from './release/stack-facts.ts'
import type { StageLayout } from './release/stage-layout.ts'
import { jsonText } from './release/stored-json.ts'
import { fingerprintUnder } from './secrets/fingerprint.ts'

/** `zones deploy` and its kin on this machine: real clocks, a real terminal, AWS or what AWS_ENDPOINT_URL names. */
export interface ReleaseMachine {
  readonly env: Env
  readonly palette: Colors
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Looks at a stage through its public names until all holds or `deadlineMs` are over. */
  readonly probe: (
    stage: DeployedStage,
    expected: ExpectedReleases,
    patience: Patience,
    /** That the stage has. Undefined: nobody can say, so that it is taken to be the one it is to have. */
    routing: RoutingMode | undefined,
  ) => Promise<readonly StageProbe[]>
}

export interface DeployOptions {
  /** Folder that `zones build` made. */
  readonly artefact: string
  readonly zone?: string
  readonly dryRun?: boolean
  readonly json?: boolean
  /** Folder with results of gates, as `zones gate --to` writes them. */
  readonly gates?: string
  readonly withoutGate: readonly string[]
  readonly because?: string
  /** Stage and release, as they are typed otherwise. */
  readonly confirmWithoutGate?: string
  /** `10%/600s` */
  readonly shift?: string
  /** Seconds. */
  readonly lockTtl: number
}

export function runDeploy(stage: string, options: DeployOptions, machine: ReleaseMachine): Promise<ChangeOutcome> {
  const ports: DeployPorts = {
    ...stagePorts(machine),
    artefact: () => artefactInFolder(options.artefact),
    gateResults: async (digest) =>
      options.gates === undefined ? [] : gateResultsInFolder(options.gates, digest, gateNames),
  }
  return deploy({ stage, zone: options.zone, ...howTo(options) }, ports)
}

export type PromoteOptions = Omit<DeployOptions, 'artefact' | 'zone' | 'gates'> & {
  /** Profile of the AWS configuration to read the first stage with, where it lives in another account. */
  readonly fromProfile?: string
  /** Also what is older than what is live there. */
  readonly older?: boolean
}

export function runPromote(
  from: string,
  to: string,
  options: PromoteOptions,
  machine: ReleaseMachine,
): Promise<ChangeOutcome> {
  return promote(
    { from, to, older: options.older ?? false, ...howTo(options) },
    { from: stagePorts(machine, options.fromProfile), to: stagePorts(machine) },
  )
}

export interface RollbackOptions {
  readonly to?: string
  readonly zone?: string
  readonly json?: boolean
  readonly lockTtl: number
}

export function runRollback(
  stage: string,
  { to, zone, json = false, lockTtl }: RollbackOptions,
  machine: ReleaseMachine,
): Promise<ChangeOutcome> {
  return rollback({ stage, to, zone, json, lockTtlSec: lockTtl }, stagePorts(machine))
}

export function runReleases(
  stage: string,
  { json = false }: { readonly json?: boolean },
  machine: ReleaseMachine,
): Promise<Outcome> {
  return releases({ stage, json }, stagePorts(machine))
}

export interface PruneOptions {
  readonly keep: string
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly lockTtl: number
}

export function runPrune(
  stage: string,
  { keep, dryRun = false, json = false, lockTtl }: PruneOptions,
  machine: ReleaseMachine,
): Promise<ChangeOutcome> {
  const settings = settingsOf(machine)
  return prune(
    { stage, keep: Number(keep), dryRun, json, lockTtlSec: lockTtl },
    { ...stagePorts(machine), bucket: createBuckets(settings), functions: createReleasedFunctions(settings) },
  )
}

export interface GateOptions {
  readonly artefact: string
  /** Folder to write the result into. */
  readonly to?: string
  /** Stage into whose bucket it is written. */
  readonly stage?: string
}

export async function runGate(
  name: string,
  command: readonly string[],
  { artefact, to, stage }: GateOptions,
  machine: Pick<ReleaseMachine, 'env'>,
): Promise<ChangeOutcome> {
  const refused = (reason: string): ChangeOutcome => ({ kind: 'refused', text: '', reason })
  if ((to === undefined) === (stage === undefined))
    return refused('Say where the result goes: --to FOLDER or --stage STAGE.')
  const settings = settingsOf(machine)
  const bucket = stage === undefined ? undefined : bucketOf(machine, stage)
  if (stage !== undefined && bucket === undefined)
    return refused('No stage of that name has an account yet. One is given to a stage by: npx zones infra init')
  return gate(
    { gate: name, command },
    {
      manifest: async () => (await artefactInFolder(artefact)).manifest,
      run: runHere,
      who: () => (bucket === undefined ? Promise.resolve(userInfo().username) : callerOf(settings)),
      keep: async (result: GateResult) => {
        if (to !== undefined) return keepInFolder(to, result)
        const key = gateKey(result.digest, result.gate)
        await createBuckets(settings)(bucket ?? '').write(key, jsonText(result), { kind: 'any' })
        return `${bucket}/${key}`
      },
      now: () => new Date(),
    },
  )
}

function bucketOf({ env }: Pick<ReleaseMachine, 'env'>, stage: string): string | undefined {
  if (!isDeployedStage(stage)) return undefined
  const file = readFacts(env.accountsRoot, stage)
  return file.kind === 'facts' ? releaseBucketName(stage, file.facts) : undefined
}

function howTo({
  dryRun = false,
  json = false,
  withoutGate,
  because = '',
  confirmWithoutGate: confirmed,
  shift,
  lockTtl,
}: Omit<DeployOptions, 'artefact'>) {
  const overrides = withoutGate.map((name) => ({ gate: name, because }))
  return { dryRun, json, overrides, confirmed, shift, lockTtlSec: lockTtl }
}

function stagePorts(machine: ReleaseMachine, profile?: string): StageCommandPorts {
  const settings = settingsOf(machine, profile)
  return {
    facts: (stage) => readFacts(machine.env.accountsRoot, stage),
    identity: createIdentity(settings),
    release: (layout) => releasePorts(machine, settings, layout),
    typing: process.stdin.isTTY && process.stderr.isTTY ? typingAt(machine.signal) : undefined,
  }
}

/** On standard error: standard output is the plan's and the record's. */
function typingAt(signal: AbortSignal): Typing {
  return async (message) => {
    const { input } = await import('@inquirer/prompts')
    return input({ message }, { signal, output: process.stderr }).catch(() => undefined)
  }
}

function releasePorts(machine: ReleaseMachine, settings: AwsSettings, layout: StageLayout): ReleasePorts {
  const { env, palette, signal } = machine
  const buckets = createBuckets(settings)
  const invoker = createInvoker(settings)
  const wait = (ms: number) => sleep(ms)
  const distributions = createDistributions(settings)
  const stacks = createStackFacts(createCloudFormation(settings))
  return {
    releases: buckets(layout.releaseBucket),
    assets: buckets,
    functions: createReleasedFunctions(settings),
    invoke: (functionName, qualifier, event) => invokeFunction(invoker, { functionName, qualifier, event }),
    invokeOften: (functionName, qualifier, newEvent, howOften) =>
      invokeOften(invoker, { functionName, qualifier }, newEvent, howOften),
    distributions,
    stacks,
    alarms: createAlarms(settings),
    person: () => callerOf(settings),
    lint: async () => {
      // Only what goes forward asks for it: who goes back has no second to load it.
      const { lint } = await import('./commands/lint.ts')
      const ports = { root: repositoryRoot, from: repositoryRoot, palette }
      const outcome = await lint({ distributions: [], stage: layout.stage, format: 'text' }, ports)
      return outcome.kind === 'done'
        ? { kind: 'good', told: 'every path has its owner' }
        : { kind: 'bad', reason: `The routing of ${layout.stage} has mistakes.` }
    },
    secrets: () =>
      judgeSecrets(layout.stage, {
        facts: (stage) => readFacts(env.accountsRoot, stage),
        identity: createIdentity(settings),
        store: createSecretStore(settings),
        environments: createFunctionEnvironments(settings),
        fingerprint: fingerprintUnder(randomBytes(32)),
        palette,
      }),
    probe: async (expected, patience) => {
      // A release is not at fault for a routing that is wanted and not applied yet: it is judged by the one there is.
      const routing = await appliedRouting({ stacks, distributions }, layout)
      return machine.probe(layout.stage, expected, patience, routing)
    },
    isInterrupted: () => signal.aborted,
    newId: () => randomBytes(4).toString('hex'),
    now: () => new Date(),
    // Patience that nobody needs any more keeps no command from ending; while there is a lock, its renewal keeps it going.
    wait: (ms) => sleep(ms, undefined, { ref: false }),
    everyMs: env.pollMs,
    lock: {
      elapsedMs: () => performance.now(),
      now: () => new Date(),
      wait,
      repeat: (everyMs, work) => {
        const timer = setInterval(() => void work(), everyMs)
        return () => clearInterval(timer)
      },
    },
    progress: createTerminalProgress(process.stderr.isTTY ? 'default' : 'simple', process.stderr, () =>
      performance.now(),
    ),
  }
}

// Every stage is in one region.
function settingsOf({ env }: Pick<ReleaseMachine, 'env'>, profile?: string): AwsSettings {
  return {
    region: stages.production.region,
    endpoint: profile === undefined ? env.awsEndpoint : env.awsEndpointBefore,
    maxAttempts: env.awsMaxAttempts,
    ...(profile === undefined ? {} : { profile }),
  }
}
