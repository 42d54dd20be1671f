import type { Manifest } from '@sax/release'
import type { Bucket } from './bucket.ts'
import { LIVE_KEY, RECORDS } from './bucket-keys.ts'
import { type Live, liveSchema, namesOf, wholeOf } from './live-set.ts'
import { type ReleaseRecord, recordSchema } from './record.ts'
import { readJson } from './stored-json.ts'

/** A stage, and its bucket of releases. */
export interface RecordedStage {
  readonly stage: string
  readonly releases: Bucket
}

/** Why a promotion would take a stage backwards, and what to do instead. */
export interface GoingBack {
  readonly why: string
  readonly next: string
}

type Promoted = Pick<Manifest, 'release' | 'digest'>

/**
 * Whether `promoted`, which is live in `from`, is older than what is live in `to`. A release does not say when it was
 * made: it is older when `to` had it before, or when `from` got it before what is live in `to`. Undefined: nothing that
 * was written down says so.
 */
export async function goingBack(
  from: RecordedStage,
  to: RecordedStage,
  promoted: Promoted,
): Promise<GoingBack | undefined> {
  const live = (await readJson(to.releases, LIVE_KEY, liveSchema))?.value
  if (live === undefined || wholeOf(live.current) === promoted.digest) return undefined
  if (await wasLiveBefore(to, live, promoted)) {
    return {
      why: `${promoted.release} was live in ${to.stage} before ${namesOf(live.current)}, which is live now: this would go backwards.`,
      next: `npx zones rollback ${to.stage} --to ${promoted.release}; or --older, to bring it all the same`,
    }
  }
  const newer = await broughtLater(from, live, promoted)
  if (newer === undefined) return undefined
  return {
    why: `${from.stage} had ${promoted.release} before ${newer}, which is live in ${to.stage}: this would go backwards.`,
    next: `bring what is newer to ${from.stage} first; or --older, to bring it all the same`,
  }
}

/** A run that died between its record and what it left live has a record that is newer than that. */
async function wasLiveBefore({ releases }: RecordedStage, live: Live, promoted: Promoted): Promise<boolean> {
  const now = (await readJson(releases, live.record, recordSchema))?.value
  if (now === undefined) return false
  const records = await recordsOf(releases, promoted)
  return records.some(({ startedAt }) => Date.parse(startedAt) < Date.parse(now.startedAt))
}

/** Name of a release that is live and came into `from` after `promoted` did. Going back there does not count as coming. */
async function broughtLater(
  { releases }: RecordedStage,
  { current }: Live,
  promoted: Promoted,
): Promise<string | undefined> {
  const cameMs = lastDeployMs(await recordsOf(releases, promoted))
  const others = new Map(
    Object.values(current.functions).flatMap(({ release, artefact }) =>
      release === null || artefact === null || artefact === promoted.digest ? [] : [[artefact, release] as const],
    ),
  )
  for (const [digest, release] of others) {
    if (lastDeployMs(await recordsOf(releases, { digest, release })) > cameMs) return release
  }
  return undefined
}

/** Runs that left the stage at that release as a whole, seen to work. */
async function recordsOf(releases: Bucket, { release, digest }: Promoted): Promise<readonly ReleaseRecord[]> {
  const keys = (await releases.keys(RECORDS)).filter((key) => key.includes(`-${release}-`))
  const read = await Promise.all(keys.map((key) => readJson(releases, key, recordSchema)))
  return read.flatMap((one) => {
    const record = one?.value
    return record?.outcome === 'done' && record.after !== null && wholeOf(record.after) === digest ? [record] : []
  })
}

/** Epoch milliseconds; of none, before everything. */
function lastDeployMs(records: readonly ReleaseRecord[]): number {
  const deploys = records.filter(({ command }) => command === 'deploy')
  return Math.max(Number.NEGATIVE_INFINITY, ...deploys.map(({ startedAt }) => Date.parse(startedAt)))
}
