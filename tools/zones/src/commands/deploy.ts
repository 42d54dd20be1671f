import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { Identity } from '../aws/identity.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { conclude } from '../release/conclude.ts'
import { type Deployed, deployRelease } from '../release/deploy-release.ts'
import type { GateOverride, GateResult } from '../release/gates.ts'
import { holdStage } from '../release/hold-stage.ts'
import type { Journal } from '../release/journal.ts'
import { leaveOut, type Typing } from '../release/left-out-gates.ts'
import { planRelease, type ReleasePlan } from '../release/plan-release.ts'
import { planText } from '../release/plan-text.ts'
import type { ArtefactAtHand, ReleasePorts } from '../release/ports.ts'
import { asRun, recoveryOf, undoInterrupted } from '../release/recover.ts'
import { lookAtStage } from '../release/release-facts.ts'
import { ReleaseStop } from '../release/release-stop.ts'
import { type Run, step } from '../release/run.ts'
import { parseShift } from '../release/shift.ts'
import {
  isReleaseZone,
  type ReleaseZone,
  releaseZones,
  type StageLayout,
  stageLayout,
} from '../release/stage-layout.ts'
import { stepsText } from '../release/steps-text.ts'

export interface DeployArguments {
  readonly stage: string
  /** Undefined: all of them. */
  readonly zone: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
  readonly overrides: readonly GateOverride[]
  /** Stage and release, typed beforehand to leave gates out before production. */
  readonly confirmed?: string | undefined
  /** `10%/600s`: what the new backend gets before its alias moves. Absent: its alias moves at once. */
  readonly shift?: string | undefined
  /** Seconds after which others may take over from a run that is no longer heard of. */
  readonly lockTtlSec: number
}

export interface StageCommandPorts {
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly identity: Identity
  readonly release: (layout: StageLayout, facts: AccountFacts) => ReleasePorts
  /** Undefined: nobody is there to type. */
  readonly typing?: Typing | undefined
}

export interface DeployPorts extends StageCommandPorts {
  /** The artefact, every digest of it checked. @throws ReleaseStop */
  readonly artefact: () => Promise<ArtefactAtHand>
  /** Results of gates that somebody brings along. */
  readonly gateResults: (digest: string) => Promise<readonly GateResult[]>
}

/** Makes an artefact what people reach in a stage, or says why not; nothing in between lasts. */
export async function deploy(given: DeployArguments, ports: DeployPorts): Promise<ChangeOutcome> {
  const zones = zonesOf(given.zone)
  if (zones === undefined) return refused(`There is no zone ${given.zone}. Zones: ${releaseZones.join(', ')}.`)
  const shift = given.shift === undefined ? undefined : parseShift(given.shift)
  if (shift?.kind === 'senseless') return refused(`${shift.reason} Nothing was changed.`)
  if (shift !== undefined && !zones.includes('api')) {
    return refused(`--shift is about the backend, which --zone ${given.zone} leaves alone. Nothing was changed.`)
  }
  try {
    const at = await stageAtHand(given.stage, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const layout = stageLayout(at.stage, at.facts)
    const artefact = await ports.artefact()
    const { release: name, digest } = artefact.manifest
    const { overrides: asked, confirmed, dryRun } = given
    const left = await leaveOut({ stage: at.stage, release: name, overrides: asked, confirmed, dryRun }, ports.typing)
    if (left.kind !== 'agreed') return { kind: left.kind, text: '', reason: left.reason }
    const results = await ports.gateResults(digest)
    const release = ports.release(layout, at.facts)
    const look = () => lookAtStage(release, layout, artefact.manifest, zones, left.overrides, results, shift?.shift)
    if (given.dryRun) return shown(planRelease(await look()), given.json)
    const holding = { layout, command: 'deploy', lockTtlSec: given.lockTtlSec } as const
    return await holdStage(release, holding, (run, journal) =>
      deployHere(run, journal, artefact, zones, look, given.json),
    )
  } catch (error) {
    if (error instanceof AwsFailure) return refused(`${error.message} ${error.next} Nothing was changed.`)
    if (error instanceof ReleaseStop) return refused(`${error.message} Nothing was changed.`)
    throw error
  }
}

async function deployHere(
  run: Run,
  journal: Journal,
  artefact: ArtefactAtHand,
  zones: readonly ReleaseZone[],
  look: () => ReturnType<typeof lookAtStage>,
  json: boolean,
): Promise<ChangeOutcome> {
  const { manifest } = artefact
  const recovery = recoveryOf(journal.found, { digest: manifest.digest, zones })
  if (recovery.kind === 'continue') {
    return told(run, manifest.release, await conclude(asRun(run, recovery.work), journal, recovery.work), json)
  }
  if (recovery.kind === 'undo') await undoInterrupted(run, journal, recovery.work)
  const { facts, plan } = await step(
    run,
    'preflight',
    'Looking whether it may be done',
    async () => {
      const seen = await look()
      return { facts: seen, plan: planRelease(seen) }
    },
    ({ plan: { refusals, gates } }) =>
      `${refusals.length === 0 ? 'nothing speaks against it' : `${refusals.length} reasons against it`}${withoutText(gates)}`,
  )
  if (plan.refusals.length > 0) {
    const reason = `${listed(plan)}\n${run.hasChanged ? 'An interrupted run was undone; nothing else was changed.' : 'Nothing was changed.'}`
    return { kind: run.hasChanged ? 'stopped' : 'refused', text: json ? JSON.stringify({ plan }, null, 2) : '', reason }
  }
  return told(run, manifest.release, await deployRelease(run, journal, artefact, facts, plan), json)
}

function told(run: Run, release: string, deployed: Deployed, json: boolean): ChangeOutcome {
  const { stage } = run.layout
  const text = json ? JSON.stringify(deployed.record, null, 2) : stepsText(run.steps)
  switch (deployed.kind) {
    case 'live':
      return {
        kind: 'done',
        text: json ? text : `${text}\n${release} is live in ${stage}, seen through every public name.`,
      }
    case 'undone':
      return {
        kind: 'stopped',
        text,
        reason: `${deployed.reason}\n${putBackText(deployed)} ${release} is not live in ${stage}.`,
      }
    case 'failed':
      return {
        kind: 'stopped',
        text,
        reason: `${deployed.reason}\nPeople saw nothing of it: no alias was moved. What was brought stays beside what is live; the same command continues.`,
      }
  }
}

/** Stands in the record, too. */
function withoutText(gates: ReleasePlan['gates']): string {
  const left = gates.filter(({ standing }) => standing === 'left out')
  return left.length === 0 ? '' : `; LEFT OUT: ${left.map(({ gate, told }) => `${gate} (${told})`).join(', ')}`
}

function putBackText({ before }: Deployed & { readonly kind: 'undone' }): string {
  return before === 'seen'
    ? 'Everything was put back, and people reach what they reached before.'
    : 'Everything was put back. Nothing was live before, so there is no release that could be looked at.'
}

function shown(plan: ReleasePlan, json: boolean): ChangeOutcome {
  const text = json ? JSON.stringify(plan, null, 2) : planText(plan)
  return plan.refusals.length === 0 ? { kind: 'done', text } : { kind: 'refused', text, reason: listed(plan) }
}

function listed({ refusals }: ReleasePlan): string {
  return refusals.map(({ why, next }) => (next === '' ? why : `${why}\n    Next: ${next}`)).join('\n')
}

/** Undefined: there is no such zone. */
export function zonesOf(zone: string | undefined): readonly ReleaseZone[] | undefined {
  if (zone === undefined) return releaseZones
  return isReleaseZone(zone) ? [zone] : undefined
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
