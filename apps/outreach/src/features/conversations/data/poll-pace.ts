/** How the page is being used, for the pace of asking for news. */
export interface Use {
  readonly visible: boolean
  /** Since the last key, click or scroll. */
  readonly idleMs: number
  /** Attempts that failed in a row. */
  readonly failures: number
}

const ACTIVE_PACE_MS = 2000
const IDLE_PACE_MS = 10_000
/** For the count in the tab's title and icon: whoever works in another tab sees nothing else of the page. */
const HIDDEN_PACE_MS = 30_000
const LONGEST_PAUSE_MS = 30_000

/** Untouched for so long, a page is idle. */
export const IDLE_AFTER_MS = 120_000

/**
 * Milliseconds until news is asked for again. A browser may take longer with a page that is not looked at.
 * @param random 0 to 1: spreads pages that lost the same server over the time of its return.
 */
export function pollDelayMs({ visible, idleMs, failures }: Use, random: number): number {
  const pace = visible ? (idleMs < IDLE_AFTER_MS ? ACTIVE_PACE_MS : IDLE_PACE_MS) : HIDDEN_PACE_MS
  if (failures === 0) return pace
  const pause = Math.min(LONGEST_PAUSE_MS, pace * 2 ** Math.min(failures, 6))
  return Math.round(pause * (0.5 + random / 2))
}
