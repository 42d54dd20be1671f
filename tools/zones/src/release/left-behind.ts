import type { Switching, Work } from './journal.ts'
import type { Died } from './lock.ts'
import type { ReleaseZone } from './stage-layout.ts'

/** What a rollback has to do with a run that ended before its end. */
export type LeftBehind =
  | { readonly kind: 'nothing' }
  /** It was this rollback. */
  | { readonly kind: 'continue'; readonly work: Switching }
  | { readonly kind: 'undo'; readonly work: Switching }
  /** It was a deploy of which people saw nothing: going back would take from them what they had before it. */
  | { readonly kind: 'unseen' }
  /** It was this rollback, and had done everything: going back once more would be going forward. */
  | { readonly kind: 'ended' }

export interface WantedBack {
  /** Name of a release, or of a record. Undefined: what was live before. */
  readonly to: string | undefined
  readonly zones: readonly ReleaseZone[]
}

/**
 * Pure. Who is told nothing of how a run ended gives the same command again, or undoes it; neither may do more than that.
 * @param died whose lock ran out @param recordedAt when what is live was written down, ISO 8601
 */
export function leftBehind(
  found: Work,
  { to, zones }: WantedBack,
  died: Died | undefined,
  recordedAt: string | undefined,
): LeftBehind {
  if (found.state === 'switching' || found.state === 'undoing') {
    const isSame =
      found.state === 'switching' &&
      found.command === 'rollback' &&
      (to === undefined || to === found.release) &&
      found.zones.join() === zones.join()
    return { kind: isSame ? 'continue' : 'undo', work: found }
  }
  // Whoever names where to go means it.
  if (to !== undefined) return { kind: 'nothing' }
  if (found.state === 'preparing') return { kind: 'unseen' }
  if (died === undefined) return { kind: 'nothing' }
  // Both are by the clock of the run that died.
  const hasEnded = recordedAt !== undefined && recordedAt >= died.since
  if (died.command === 'deploy' && !hasEnded) return { kind: 'unseen' }
  return died.command === 'rollback' && hasEnded ? { kind: 'ended' } : { kind: 'nothing' }
}
