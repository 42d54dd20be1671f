import { AwsFailure } from '../aws/aws-failure.ts'
import type { PrunableFunctions } from '../aws/released-functions.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import type { PrunableBucket } from '../release/bucket.ts'
import { LIVE_KEY, manifestKey, RECORDS } from '../release/bucket-keys.ts'
import { holdStage } from '../release/hold-stage.ts'
import { type Journal, openJournal } from '../release/journal.ts'
import { liveSchema } from '../release/live-set.ts'
import { type PrunePlan, planPrune } from '../release/plan-prune.ts'
import { type ReleaseRecord, recordSchema, writeRecord } from '../release/record.ts'
import { keptManifests } from '../release/release-facts.ts'
import { ReleaseStop } from '../release/release-stop.ts'
import type { PublishedVersion } from '../release/released-functions.ts'
import { change, type Run, step } from '../release/run.ts'
import { functionNameOf, stageLayout } from '../release/stage-layout.ts'
import { stepsText } from '../release/steps-text.ts'
import { readJson } from '../release/stored-json.ts'
import type { StageCommandPorts } from './deploy.ts'

export interface PruneArguments {
  readonly stage: string
  /** Releases that were live and stay, beside what is live and what was before. At least 1. */
  readonly keep: number
  readonly dryRun: boolean
  readonly json?: boolean
  readonly lockTtlSec: number
}

export interface PrunePorts extends StageCommandPorts {
  readonly bucket: (name: string) => PrunableBucket
  readonly functions: Pick<PrunableFunctions, 'versions' | 'removeVersion'>
}

/** Takes away what no kept release names. For a role of its own: a release may not delete. */
export async function prune(given: PruneArguments, ports: PrunePorts): Promise<ChangeOutcome> {
  if (!Number.isInteger(given.keep) || given.keep < 1) return refused('--keep is a whole number from 1 on.')
  try {
    const at = await stageAtHand(given.stage, ports)
    if (at.kind !== 'known') return refused(at.reason)
    const layout = stageLayout(at.stage, at.facts)
    const release = ports.release(layout, at.facts)
    if (given.dryRun) {
      const journal = await openJournal(release.releases)
      const plan = await planned({ ports: release, layout }, journal, given.keep, ports)
      return { kind: 'done', text: given.json ? jsonOf({ stage: at.stage, plan }) : planText(plan) }
    }
    const holding = { layout, command: 'prune', lockTtlSec: given.lockTtlSec } as const
    return await holdStage(release, holding, async (run, journal) =>
      pruned(run, await planned(run, journal, given.keep, ports), ports, given.json === true),
    )
  } catch (error) {
    if (error instanceof AwsFailure) return refused(`${withRole(given.stage, error)} Nothing was changed.`)
    if (error instanceof ReleaseStop) return refused(`${error.message} Nothing was changed.`)
    throw error
  }
}

/** What would go. Only reads. @throws ReleaseStop where nobody can say what is old */
async function planned(
  run: Pick<Run, 'ports' | 'layout'>,
  { found: { state } }: Journal,
  keep: number,
  { functions }: PrunePorts,
): Promise<PrunePlan> {
  const { stage } = run.layout
  if (state !== 'none' && state !== 'preparing') {
    throw new ReleaseStop('refused', `A release is half-way in ${stage}: npx zones rollback ${stage} undoes it.`)
  }
  const { releases } = run.ports
  const live = (await readJson(releases, LIVE_KEY, liveSchema))?.value
  if (live === undefined) throw new ReleaseStop('refused', 'No release is live, so that nobody can say what is old.')
  const keys = [...(await releases.keys(RECORDS))].sort().reverse()
  const records = []
  for (const key of keys) {
    const record = (await readJson(releases, key, recordSchema))?.value
    if (record !== undefined) records.push(record)
  }
  const published: Record<string, readonly PublishedVersion[]> = {}
  for (const { role, functionName } of run.layout.functions) published[role] = await functions.versions(functionName)
  const manifests = await keptManifests(run.ports, live)
  return planPrune(live, records, manifests, await releases.folders('artefacts/'), published, keep)
}

async function pruned(run: Run, plan: PrunePlan, ports: PrunePorts, json: boolean): Promise<ChangeOutcome> {
  const { stage } = run.layout
  let isAnythingGone = false
  const remove = (work: () => Promise<void>) =>
    change(run, async () => {
      await work()
      isAnythingGone = true
    })
  try {
    await step(
      run,
      'prune',
      'Taking away what no kept release names',
      async (say) => {
        for (const { role, version } of plan.versions) {
          say(`${role} ${version}`)
          await remove(() => ports.functions.removeVersion(functionNameOf(run.layout, role), version))
        }
        for (const { zone, key } of plan.files) {
          const place = run.layout.assetBuckets.find((one) => one.zone === zone)
          if (place !== undefined) await remove(() => ports.bucket(place.bucket).remove(key))
        }
        const releases = ports.bucket(run.layout.releaseBucket)
        // Without its manifest an artefact is none: nobody goes back to what is half gone, and it is found again here.
        for (const { digest } of plan.artefacts) await remove(() => releases.remove(manifestKey(digest)))
        for (const digest of [...plan.artefacts.map((one) => one.digest), ...plan.orphans]) {
          for (const key of await releases.keys(`artefacts/${digest}/`)) await remove(() => releases.remove(key))
        }
        await writeRecord(run.ports, recordOfPrune(run, plan))
      },
      () => `${plan.artefacts.length} artefacts, ${plan.versions.length} versions, ${plan.files.length} files`,
    )
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error
    const reason = withRole(run.layout.stage, error)
    // Who may not delete has deleted nothing; of a call that ended otherwise nobody knows.
    if (!isAnythingGone && error.code === 'denied') return refused(`${reason} Nothing was changed.`)
    const text = json ? jsonOf({ stage, plan, steps: run.steps }) : stepsText(run.steps)
    return { kind: 'stopped', text, reason: `${reason} The same command goes on.` }
  }
  const text = json ? jsonOf({ stage, plan, steps: run.steps }) : `${planText(plan)}\n${stepsText(run.steps)}`
  return { kind: 'done', text }
}

function recordOfPrune(run: Run, { gone }: PrunePlan): ReleaseRecord {
  return {
    ...{
      format: 1,
      id: run.id,
      command: 'prune',
      who: run.person,
      release: 'prune',
      digest: '',
      commit: '',
      zones: [],
    },
    ...{ startedAt: run.startedAt, endedAt: run.ports.now().toISOString(), outcome: 'done', before: null, after: null },
    reason: gone.join(', '),
    ...{ overrides: [], plan: null, probes: [], steps: [...run.steps] },
  }
}

function withRole(stage: string, error: AwsFailure): string {
  const role = `sleepconnect-prune-${stage}`
  return error.code === 'denied'
    ? `${error.message} Releases may not delete. Take on the role ${role}, which needs a second factor, and run it again.`
    : `${error.message} ${error.next}`
}

function jsonOf(told: object): string {
  return JSON.stringify(told, null, 2)
}

function planText({ kept, artefacts, files, versions }: PrunePlan): string {
  return [
    `Kept: ${kept.join(', ')}`,
    ...artefacts.map(({ release, digest }) => `  goes: ${release} (${digest.slice(0, 12)})`),
    `  ${versions.length} versions, ${files.length} files that no kept release names`,
  ].join('\n')
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
