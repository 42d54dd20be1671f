import Table from 'cli-table3'
import { AwsFailure } from '../aws/aws-failure.ts'
import { stageAtHand } from '../infra/stage-at-hand.ts'
import type { Outcome } from '../outcome.ts'
import { LIVE_KEY, RECORDS } from '../release/bucket-keys.ts'
import { openJournal, type Switching, type Work } from '../release/journal.ts'
import { type Live, liveSchema, namesOf } from '../release/live-set.ts'
import { type ReleaseRecord, recordSchema } from '../release/record.ts'
import { ReleaseStop } from '../release/release-stop.ts'
import { stageLayout } from '../release/stage-layout.ts'
import { readJson } from '../release/stored-json.ts'
import { plainTable } from '../report/plain-table.ts'
import type { StageCommandPorts } from './deploy.ts'

export interface ReleasesArguments {
  readonly stage: string
  readonly json: boolean
}

/** Records that are shown, the newest first. */
const SHOWN = 30

/** What is live in a stage, what was, and what is being worked on. Only reads. */
export async function releases({ stage: name, json }: ReleasesArguments, ports: StageCommandPorts): Promise<Outcome> {
  try {
    const at = await stageAtHand(name, ports)
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const { releases: bucket } = ports.release(stageLayout(at.stage, at.facts), at.facts)
    const live = (await readJson(bucket, LIVE_KEY, liveSchema))?.value
    const { found: work } = await openJournal(bucket)
    const keys = [...(await bucket.keys(RECORDS))].sort().reverse().slice(0, SHOWN)
    const read = await Promise.all(keys.map((key) => readJson(bucket, key, recordSchema)))
    const records = read.flatMap((one) => (one === undefined ? [] : [one.value]))
    if (json)
      return { kind: 'done', text: JSON.stringify({ stage: at.stage, live: live ?? null, work, records }, null, 2) }
    return { kind: 'done', text: asText(at.stage, live, work, records) }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    if (error instanceof ReleaseStop) return { kind: 'failed', text: '', reason: error.message }
    throw error
  }
}

function asText(stage: string, live: Live | undefined, work: Work, records: readonly ReleaseRecord[]): string {
  const table = new Table({ ...plainTable, head: ['when', 'what', 'release', 'of', 'who', 'came to', 'took'] })
  for (const { startedAt, endedAt, command, release, zones, who, outcome, overrides } of records) {
    const took = `${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000)} s`
    const without = overrides.length === 0 ? '' : `, without ${overrides.map(({ gate }) => gate).join(', ')}`
    table.push([startedAt, command, release, zones.join(', '), who, `${outcome}${without}`, took])
  }
  return [
    live === undefined ? `No release is live in ${stage}.` : `Live in ${stage}: ${namesOf(live.current)}`,
    ...(live?.previous == null ? [] : [`Before that: ${namesOf(live.previous)} (npx zones rollback ${stage})`]),
    ...(work.state === 'none' || work.state === 'preparing'
      ? []
      : [`Half-way: ${work.command} of ${work.release} by ${work.person}, since ${work.startedAt}.${shiftText(work)}`]),
    ...(records.length === 0 ? [] : [table.toString()]),
  ].join('\n')
}

/** A backend that now answers as the one release and now as the other. */
function shiftText({ state, shifted }: Switching): string {
  if (state !== 'switching' || shifted === undefined || shifted.ended === 'passed') return ''
  const { percent, version, seconds, startedAt } = shifted
  return ` ${percent} % of the backend's calls go to version ${version} for ${seconds} s, since ${startedAt}.`
}
