import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { artefactIn } from '../release/artefact-store.ts'
import type { Bucket } from '../release/bucket.ts'
import { LIVE_KEY } from '../release/bucket-keys.ts'
import { type GateResult, gateNames, gateResultsIn, verifiedIn } from '../release/gates.ts'
import { goingBack } from '../release/going-back.ts'
import { liveSchema, wholeOf } from '../release/live-set.ts'
import type { ArtefactAtHand } from '../release/ports.ts'
import { type ReleaseRecord, recordSchema } from '../release/record.ts'
import { ReleaseStop } from '../release/release-stop.ts'
import { stageLayout } from '../release/stage-layout.ts'
import { readJson } from '../release/stored-json.ts'
import { type DeployArguments, deploy, type StageCommandPorts } from './deploy.ts'

export interface PromoteArguments extends Omit<DeployArguments, 'stage' | 'zone'> {
  readonly from: string
  readonly to: string
  /** Also what is older than what is live in `to`. Default false. */
  readonly older?: boolean
}

export interface PromotePorts {
  /** As the credentials of that stage's account see it. */
  readonly from: StageCommandPorts
  readonly to: StageCommandPorts
}

/** Makes what is live in one stage live in another: the same bytes, with the proof that they were seen to work. */
export async function promote(
  { from, to, older = false, ...given }: PromoteArguments,
  ports: PromotePorts,
): Promise<ChangeOutcome> {
  if (from === to) return refused('A release is promoted from one stage to another.')
  try {
    const at = await stageAtHand(from, ports.from)
    if (at.kind !== 'known') return refused(at.reason)
    const { releases } = ports.from.release(stageLayout(at.stage, at.facts), at.facts)
    const { artefact, record } = await provenIn(releases, from)
    const { digest, release, commit } = artefact.manifest
    const target = await stageAtHand(to, ports.to)
    if (target.kind !== 'known') return refused(target.reason)
    const there = ports.to.release(stageLayout(target.stage, target.facts), target.facts).releases
    const back = older
      ? undefined
      : await goingBack({ stage: from, releases }, { stage: to, releases: there }, artefact.manifest)
    if (back !== undefined) return refused(`${back.why}\n    Next: ${back.next}\nNothing was changed.`)
    const proof: GateResult = {
      ...{ format: 1, gate: verifiedIn(at.stage), digest, release, commit },
      ...{ command: ['zones', record.command, from], exitCode: 0, who: record.who },
      ...{ startedAt: record.startedAt, endedAt: record.endedAt },
    }
    const results = [...(await gateResultsIn(releases, digest, gateNames)), proof]
    return await deploy(
      { ...given, stage: to, zone: undefined },
      { ...ports.to, artefact: async () => artefact, gateResults: async () => results },
    )
  } catch (error) {
    if (error instanceof AwsFailure) return refused(`${error.message} ${error.next} Nothing was changed.`)
    if (error instanceof ReleaseStop) return refused(`${error.message} Nothing was changed.`)
    throw error
  }
}

/** What is live in a stage as a whole, and the record that says it was seen. @throws ReleaseStop */
async function provenIn(
  releases: Bucket,
  stage: string,
): Promise<{ readonly artefact: ArtefactAtHand; readonly record: ReleaseRecord }> {
  const live = (await readJson(releases, LIVE_KEY, liveSchema))?.value
  if (live === undefined) throw new ReleaseStop('refused', `No release is live in ${stage}. ${orDeploy(stage)}`)
  const digest = wholeOf(live.current)
  if (digest === undefined) {
    throw new ReleaseStop(
      'refused',
      `What is live in ${stage} is of several releases; only a whole one is promoted. ${orDeploy(stage)}`,
    )
  }
  const record = (await readJson(releases, live.record, recordSchema))?.value
  const isSeen = record?.probes.some(({ outcome }) => outcome === 'kept') === true
  if (record?.outcome !== 'done' || !isSeen) {
    throw new ReleaseStop(
      'refused',
      `Nothing says that what is live in ${stage} was seen through its public names. ${orDeploy(stage)}`,
    )
  }
  return { artefact: await artefactIn(releases, digest), record }
}

function orDeploy(stage: string): string {
  return `Bring one of all zones there: npx zones deploy ${stage} --artefact FOLDER`
}

function refused(reason: string): ChangeOutcome {
  return { kind: 'refused', text: '', reason }
}
