import { AwsFailure } from '../aws/aws-failure.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { type Journal, openJournal } from './journal.ts'
import { acquireLock } from './lock.ts'
import { notingStarts } from './noting-starts.ts'
import type { ReleasePorts } from './ports.ts'
import type { StartRecord } from './record.ts'
import { ReleaseStop } from './release-stop.ts'
import { type Run, reasonOf, step } from './run.ts'
import type { StageLayout } from './stage-layout.ts'

export interface Holding {
  readonly layout: StageLayout
  readonly command: Run['command']
  readonly lockTtlSec: number
}

/**
 * Runs `work` while the stage is locked for it, and gives the lock back whatever comes of it. What stops it becomes an
 * outcome; our own bugs fly.
 */
export async function holdStage(
  ports: ReleasePorts,
  { layout, command, lockTtlSec }: Holding,
  work: (run: Run, journal: Journal) => Promise<ChangeOutcome>,
): Promise<ChangeOutcome> {
  const id = ports.newId()
  const startedAt = ports.now().toISOString()
  let run: Run | undefined
  try {
    const person = await ports.person()
    const starts: StartRecord[] = []
    run = {
      id,
      startedAt,
      command,
      person,
      layout,
      ports: notingStarts(ports, layout, starts),
      steps: [],
      starts,
      lock: undefined,
      hasChanged: false,
      isUndoing: false,
    }
    const refusal = await lockIt(run, lockTtlSec)
    if (refusal !== undefined) return { kind: 'refused', text: '', reason: `${refusal} Nothing was changed.` }
    return await work(run, await openJournal(ports.releases))
  } catch (error) {
    if (!(error instanceof ReleaseStop || error instanceof AwsFailure)) throw error
    const reason = reasonOf(error)
    return run?.hasChanged === true
      ? { kind: 'stopped', text: '', reason: `${reason} Something was changed; ${nextOf(layout, command)}` }
      : { kind: 'refused', text: '', reason: `${reason} Nothing was changed.` }
  } finally {
    await giveBack(run)
  }
}

/** Why the lock is not to be had. Undefined: it is ours. */
async function lockIt(run: Run, ttlSec: number): Promise<string | undefined> {
  const { ports, id, person, command } = run
  const acquired = await step(
    run,
    'lock',
    'Locking the stage',
    (say) => acquireLock({ ...ports.lock, bucket: ports.releases }, { run: id, person, command }, ttlSec, say),
    (result) => {
      if (result.kind === 'taken') return 'somebody has it'
      const from = result.lock.tookOverFrom
      return from === undefined ? 'ours' : `ours; ${from.person} left it and its time was up`
    },
  )
  if (acquired.kind === 'taken') return acquired.reason
  run.lock = acquired.lock
  return undefined
}

/** A lock that cannot be given back runs out by itself. */
async function giveBack(run: Run | undefined): Promise<void> {
  const lock = run?.lock
  if (run === undefined || lock === undefined) return
  await step(
    run,
    'unlock',
    'Unlocking the stage',
    () => lock.release(),
    () => 'free',
  ).catch(() => lock.abandon())
}

function nextOf({ stage }: StageLayout, command: Run['command']): string {
  return command === 'prune'
    ? `run the same command again.`
    : `the same command continues, and npx zones rollback ${stage} undoes.`
}
