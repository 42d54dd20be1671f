import { putBack } from './conclude.ts'
import type { Journal, Switching, Work } from './journal.ts'
import { type Run, step } from './run.ts'
import type { ReleaseZone } from './stage-layout.ts'

/** What is to be done about a run that ended before its end. */
export type Recovery =
  | { readonly kind: 'nothing' }
  /** People saw nothing of it: whoever comes next begins afresh, and finds what is there already. */
  | { readonly kind: 'afresh' }
  | { readonly kind: 'continue'; readonly work: Switching }
  | { readonly kind: 'undo'; readonly work: Switching }

/** Pure. The same artefact for the same zones goes on; everything else undoes first. */
export function recoveryOf(
  found: Work,
  wanted: { readonly digest: string; readonly zones: readonly ReleaseZone[] } | undefined,
): Recovery {
  if (found.state === 'none') return { kind: 'nothing' }
  if (found.state === 'preparing') return { kind: 'afresh' }
  const isSame =
    found.state === 'switching' &&
    found.command === 'deploy' &&
    found.artefact === wanted?.digest &&
    found.zones.join() === wanted.zones.join()
  return isSame ? { kind: 'continue', work: found } : { kind: 'undo', work: found }
}

/** Undoes what an interrupted run left, under that run's name. @throws what undoing fails with */
export async function undoInterrupted(run: Run, journal: Journal, work: Switching): Promise<void> {
  const left = `${work.command} of ${work.release} by ${work.person} at ${work.startedAt}`
  await step(
    run,
    'recover',
    `Undoing the interrupted ${left}`,
    () => putBack(asRun(run, work), journal, work, 'It was interrupted.'),
    () => 'as before',
  )
}

/** The run that is written down, done by who is here now. Its steps and its lock are this run's. */
export function asRun(run: Run, { run: id, startedAt, command, shifted, starts = [] }: Switching): Run {
  return {
    id,
    startedAt,
    command,
    person: run.person,
    layout: run.layout,
    ports: run.ports,
    steps: run.steps,
    starts: [...starts],
    lock: run.lock,
    shift: shifted,
    isUndoing: false,
    get hasChanged() {
      return run.hasChanged
    },
    set hasChanged(value) {
      run.hasChanged = value
    },
  }
}
