import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type AccountFacts, type DeployedStage, isDeployedStage, routingOf } from '@sax/infra/account-facts'
import { repositoryRoot } from '@sax/local/settings'
import { functionName, LIVE_ALIAS, outreachUrl, type RoutingMode, stages } from '@sax/topology'
import pico from 'picocolors'
import { connectStage } from './asking/connect-stage.ts'
import { AwsFailure } from './aws/aws-failure.ts'
import type { AwsSettings } from './aws/client-settings.ts'
import { createIdentity } from './aws/identity.ts'
import { createFunctionEnvironments } from './aws/lambda-environment.ts'
import { checklistHtml } from './checklist/checklist-html.ts'
import { checklistMarkdown } from './checklist/checklist-text.ts'
import type { Sight, TickedLine } from './checklist/judge.ts'
import { checklist } from './commands/checklist.ts'
import { lint } from './commands/lint.ts'
import { readSights } from './doctor/connect-sights.ts'
import { noSights } from './doctor/stage-sights.ts'
import { readFacts } from './infra/facts-file.ts'
import { stageAtHand } from './infra/stage-at-hand.ts'
import { noSuchSite } from './no-such-site.ts'
import type { Outcome } from './outcome.ts'
import { lookAt, progressOf, type StageMachine, signInOf, verifyLaptop } from './run-verify.ts'

export interface ChecklistOptions {
  readonly json?: boolean
  /** Folder for checklist.md and checklist.html. */
  readonly out?: string
  /** File with the people of verification at the stage's identity provider. */
  readonly credentials?: string
  readonly dataDir: string
}

/** `zones checklist` on this machine. Looks only. */
export async function runChecklist(stage: string, options: ChecklistOptions, machine: StageMachine): Promise<Outcome> {
  try {
    const look = await lookOf(stage, options, machine)
    if (typeof look !== 'function') return look
    return await checklist(
      { json: options.json === true },
      { look, write: (lines) => write(options.out, stage, lines), palette: machine.palette },
    )
  } catch (error) {
    if (error instanceof Refused) return error.outcome
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    throw error
  }
}

/** How to look at the stage, or why nobody can. */
async function lookOf(
  stage: string,
  options: ChecklistOptions,
  machine: StageMachine,
): Promise<(() => Promise<Sight>) | Outcome> {
  if (stage === 'local') return () => laptopSight(options, machine)
  if (!isDeployedStage(stage)) return noSuchSite(stage)
  const { env } = machine
  const signIn = signInOf(env, options.credentials)
  if ('reason' in signIn) return { kind: 'bad-input', reason: signIn.reason }
  const settings = { region: stages[stage].region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts }
  const at = await stageAtHand(stage, {
    facts: (deployed) => readFacts(env.accountsRoot, deployed),
    identity: createIdentity(settings),
  })
  if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
  if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
  return () => stageSight(at.stage, at.facts, settings, signIn.of, options, machine)
}

async function stageSight(
  stage: DeployedStage,
  facts: AccountFacts,
  settings: AwsSettings,
  of: Parameters<typeof lookAt>[3]['signInOf'],
  { json = false }: ChecklistOptions,
  machine: StageMachine,
): Promise<Sight> {
  const ways = { signInOf: of, progress: progressOf(json) }
  const { results } = await lookAt({ stage, scope: 'whole', browser: true }, undefined, machine, ways)
  const connected = await connectStage(stage, machine.env, machine.nowMs)
  try {
    const sights = await readSights(stage, facts, connected, machine.env)
    const [live] =
      (await createFunctionEnvironments(settings).behind(functionName(stage, 'sleep-connect-server'), LIVE_ALIAS)) ?? []
    return {
      ...{
        stage,
        results,
        ...sights,
        outreachUrl: outreachUrl(stage),
        lint: await linted(stage, routingOf(stage, facts)),
      },
      hostEnvironment:
        live === undefined
          ? { kind: 'unseen', why: 'the host has nothing behind its alias' }
          : { kind: 'seen', value: live.variables },
    }
  } finally {
    connected.close()
  }
}

async function laptopSight(options: ChecklistOptions, { env, nowMs }: StageMachine): Promise<Sight> {
  const settings = { chromiumPath: env.chromiumPath, nowMs, nowSec: () => Date.now() / 1000 }
  const verified = await verifyLaptop('local', { ...options, browser: true }, settings)
  if (verified.kind !== 'verified') throw new Refused(verified)
  return {
    ...{ stage: 'local', outreachUrl: verified.report.outreachUrl, results: verified.report.results },
    ...noSights,
    hostEnvironment: { kind: 'unseen', why: 'a laptop has no functions' },
    lint: await linted('local', stages.local.routing),
  }
}

/** There was nothing to look at; says why. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super('nothing to look at')
    this.outcome = outcome
  }
}

/** What `zones lint` says of the stage in the routing it has. */
async function linted(stage: DeployedStage | 'local', routing: RoutingMode): Promise<Sight['lint']> {
  const outcome = await lint(
    { distributions: [], stage, routing, format: 'text' },
    { root: repositoryRoot, from: repositoryRoot, palette: pico.createColors(false) },
  )
  if (outcome.kind === 'bad-input') return { kind: 'unseen', why: outcome.reason }
  const told = outcome.text.trim().split('\n').at(-1) ?? ''
  return { kind: 'seen', value: { isClean: outcome.kind === 'done', told } }
}

function write(out: string | undefined, stage: string, lines: readonly TickedLine[]): void {
  if (out === undefined) return
  const folder = resolve(out)
  const at = new Date()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'checklist.md'), checklistMarkdown(stage, lines, at))
  writeFileSync(join(folder, 'checklist.html'), checklistHtml(stage, lines, at))
}
