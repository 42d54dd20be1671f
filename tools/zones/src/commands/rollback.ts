import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { LIVE_KEY } from '../release/bucket-keys.ts'
import { type Concluded, conclude, idle } from '../release/conclude.ts'
import { holdStage } from '../release/hold-stage.ts'
import type { Journal } from '../release/journal.ts'
import { leftBehind } from '../release/left-behind.ts'
import { type Live, liveSchema, namesOf } from '../release/live-set.ts'
import { recordSchema } from '../release/record.ts'
import { asRun, undoInterrupted } from '../release/recover.ts'
import { rollbackRelease } from '../release/rollback-release.ts'
import type { Run } from '../release/run.ts'
import { type ReleaseZone, releaseZones, stageLayout } from '../release/stage-layout.ts'
import { stepsText } from '../release/steps-text.ts'
import { readJson } from '../release/stored-json.ts'
import { Broken, probe } from '../release/switch-over.ts'
import { type StageCommandPorts, zonesOf } from './deploy.ts'

export interface RollbackArguments {
  readonly stage: string
  /** Name of a release, or of a record. Undefined: what was live before. */
  readonly to: string | undefined
  readonly zone: string | undefined
  readonly json: boolean
  readonly lockTtlSec: number
}

/** Brings back what was live before: functions, files and edges together. Undoes first what an interrupted run left. */
export async function rollback(given: RollbackArguments, ports: StageCommandPorts): Promise<ChangeOutcome> {
  const zones = zonesOf(given.zone)
  if (zones === undefined) return refused(`There is no zone ${given.zone}. Zones: ${releaseZones.join(', ')}.`)
  try {
    const at = await stageAtHand(given.stage, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const layout = stageLayout(at.stage, at.facts)
    const release = ports.release(layout, at.facts)
    const holding = { layout, command: 'rollback', lockTtlSec: given.lockTtlSec } as const
    return await holdStage(release, holding, (run, journal) => rollbackHere(run, journal, given, zones))
  } catch (error) {
    if (error instanceof AwsFailure) return refused(`${error.message} ${error.next} Nothing was changed.`)
    throw error
  }
}

async function rollbackHere(
  run: Run,
  journal: Journal,
  { to, json }: RollbackArguments,
  zones: readonly ReleaseZone[],
): Promise<ChangeOutcome> {
  const { stage } = run.layout
  const live = (await readJson(run.ports.releases, LIVE_KEY, liveSchema))?.value
  const died = run.lock?.tookOverFrom
  const recordedAt = died === undefined || live === undefined ? undefined : await endOf(run, live)
  const left = leftBehind(journal.found, { to, zones }, died, recordedAt)
  const at = live === undefined ? 'where it was before its first release' : `at ${namesOf(live.current)}`
  switch (left.kind) {
    case 'nothing':
      break
    case 'continue':
      return toldOf(run, await conclude(asRun(run, left.work), journal, left.work), json)
    case 'undo': {
      await undoInterrupted(run, journal, left.work)
      if (to !== undefined) break
      const undone = `The ${left.work.command} of ${left.work.release} that was interrupted is undone`
      return toldThat(run, `${undone}: ${stage} is at ${namesOf(left.work.before)} again.`, json)
    }
    case 'unseen':
      if (journal.found.state !== 'none') await journal.write(idle)
      return seenThat(
        run,
        live,
        `The deploy that was interrupted had moved no alias: ${stage} is ${at}, as before it.`,
        json,
      )
    case 'ended':
      return seenThat(run, live, `The rollback that was interrupted had come to its end: ${stage} is ${at}.`, json)
  }
  // What was undone may have written it anew.
  const now = (await readJson(run.ports.releases, LIVE_KEY, liveSchema))?.value
  if (now === undefined) {
    return refused(
      `No release is live in ${stage}. One comes with: npx zones deploy ${stage} --artefact FOLDER\nNothing was changed.`,
    )
  }
  return toldOf(run, await rollbackRelease(run, journal, now, to, zones), json)
}

/** Tells where the stage is once it was seen to be there: whoever died may have seen it, and nobody knows since when. */
async function seenThat(run: Run, live: Live | undefined, words: string, json: boolean): Promise<ChangeOutcome> {
  try {
    if (live !== undefined) await probe(run, live.current)
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    const { stage } = run.layout
    const next = `npx zones doctor ${stage} says why, and npx zones rollback ${stage} goes back from there.`
    return refused(`${words} ${error.message} ${next} Nothing was changed.`)
  }
  return toldThat(run, words, json)
}

function toldThat(run: Run, words: string, json: boolean): ChangeOutcome {
  const text = json ? JSON.stringify({ told: words, steps: run.steps }, null, 2) : `${stepsText(run.steps)}\n${words}`
  return { kind: 'done', text }
}

/** When the run ended that made `live` what it is. */
async function endOf(run: Run, { record }: Live): Promise<string | undefined> {
  return (await readJson(run.ports.releases, record, recordSchema))?.value.endedAt
}

function toldOf(run: Run, concluded: Concluded, json: boolean): ChangeOutcome {
  const { stage } = run.layout
  const text = json ? JSON.stringify(concluded.record, null, 2) : stepsText(run.steps)
  if (concluded.kind === 'live') {
    const words = `${stage} is back at ${concluded.record.release}, seen through every public name.`
    return { kind: 'done', text: json ? text : `${text}\n${words}` }
  }
  const reason = `${concluded.reason}\nEverything was put back: ${stage} is where it was before the rollback.`
  return { kind: 'stopped', text, reason }
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
