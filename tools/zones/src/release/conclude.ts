import { AwsFailure } from '../aws/aws-failure.ts'
import type { Bucket } from './bucket.ts'
import { LIVE_KEY } from './bucket-keys.ts'
import type { Begun, Journal, Switching, Work } from './journal.ts'
import { changedRoles, changedZones, type Live, liveSchema } from './live-set.ts'
import type { StageProbe } from './ports.ts'
import { type ReleaseRecord, writeRecord } from './record.ts'
import { ReleaseStop } from './release-stop.ts'
import { heedInterruption, type Run, reasonOf, step } from './run.ts'
import { jsonText, readJson } from './stored-json.ts'
import { Broken, flip, invalidate, probe, switchOver } from './switch-over.ts'

export const idle: Work = { format: 1, state: 'none' }

type About = Pick<ReleaseRecord, 'release' | 'digest' | 'commit' | 'zones' | 'overrides' | 'plan'>

function aboutOf({ release, artefact, commit, zones, overrides, plan }: Begun): About {
  return { release, digest: artefact, commit, zones, overrides, plan }
}

/** A run's record, from what it is about and what came of it. */
export function recordOf(
  run: Run,
  work: Begun,
  came: Pick<ReleaseRecord, 'outcome' | 'reason' | 'before' | 'after'> & { readonly probes: readonly StageProbe[] },
): ReleaseRecord {
  return {
    format: 1,
    id: run.id,
    command: run.command,
    who: run.person,
    ...aboutOf(work),
    startedAt: run.startedAt,
    endedAt: run.ports.now().toISOString(),
    ...came,
    probes: came.probes.map(({ findings, ...rest }) => ({ ...rest, findings: [...findings] })),
    ...(run.shift === undefined ? {} : { shift: run.shift }),
    steps: [...run.steps],
    starts: [...run.starts],
  }
}

/** What a switch came to. */
export type Concluded =
  | { readonly kind: 'live'; readonly record: ReleaseRecord }
  | {
      readonly kind: 'undone'
      readonly record: ReleaseRecord
      readonly reason: string
      /** What was put back. `nothing`: no release was live before, and nobody could be asked. */
      readonly before: 'seen' | 'nothing'
    }

/**
 * From the first change that people see to the record. Whatever fails on the way is undone, and that is seen too.
 * @throws ReleaseStop `lock_lost`; whatever undoing itself failed with
 */
export async function conclude(run: Run, journal: Journal, work: Switching): Promise<Concluded> {
  const { before, after } = work
  let probes: readonly StageProbe[] = []
  try {
    await switchOver(run, journal, work)
    probes = (await probe(run, after)) ?? []
    await invalidate(run, before, after)
    // Whoever has had enough while it was looked at has not seen it live.
    heedInterruption(run)
  } catch (error) {
    // Somebody else has the stage now, and finds in the journal what to undo.
    if (error instanceof ReleaseStop && error.code === 'lock_lost') throw error
    const undone = await putBack(run, journal, work, error)
    // A bug of our own is undone like anything else, and then it flies.
    if (!(error instanceof ReleaseStop || error instanceof AwsFailure)) throw error
    return undone
  }
  return step(
    run,
    'record',
    'Writing it down',
    async () => {
      const record = recordOf(run, work, { outcome: 'done', reason: '', before, after, probes })
      const key = await writeRecord(run.ports, record)
      // What is released a second time must not take the place of what can be gone back to.
      const isOther = changedRoles(before, after).length + changedZones(before, after).length > 0
      const previous = isOther ? before : (work.liveBefore?.previous ?? null)
      await writeLive(run.ports.releases, { format: 1, current: after, previous, record: key })
      await journal.write(idle)
      return { kind: 'live', record } as const
    },
    () => 'live',
  )
}

/** All the way back to what people reached before, seen through the public names. */
export async function putBack(
  run: Run,
  journal: Journal,
  work: Switching,
  cause: unknown,
): Promise<Concluded & { readonly kind: 'undone' }> {
  const reason = typeof cause === 'string' ? cause : reasonOf(cause)
  const { before, after, order } = work
  run.isUndoing = true
  try {
    if (work.state === 'switching')
      await journal.write({ ...work, ...shiftedOf(run), state: 'undoing', because: reason })
    await flip(run, after, before, [...order].reverse())
    await invalidate(run, after, before)
    const seen = await probe(run, before)
    return await step(
      run,
      'record',
      'Writing it down',
      async () => {
        const probes = [...(cause instanceof Broken ? cause.probes : []), ...(seen ?? [])]
        const record = recordOf(run, work, { outcome: 'undone', reason, before, after, probes })
        const key = await writeRecord(run.ports, record)
        const live = work.liveBefore ?? { format: 1, current: before, previous: null, record: key }
        await writeLive(run.ports.releases, live)
        await journal.write(idle)
        return { kind: 'undone', record, reason, before: seen === undefined ? 'nothing' : 'seen' } as const
      },
      ({ before: was }) => (was === 'seen' ? 'as before' : 'nothing is live'),
    )
  } finally {
    run.isUndoing = false
  }
}

function shiftedOf({ shift }: Run): Pick<Switching, 'shifted'> {
  return shift === undefined ? {} : { shifted: shift }
}

async function writeLive(bucket: Bucket, live: Live): Promise<void> {
  const stored = await readJson(bucket, LIVE_KEY, liveSchema)
  const written = await bucket.write(
    LIVE_KEY,
    jsonText(live),
    stored === undefined ? { kind: 'absent' } : { kind: 'unchanged', etag: stored.etag },
  )
  if (written.kind === 'overtaken') throw new ReleaseStop('lock_lost', 'Somebody else wrote what is live meanwhile.')
}
