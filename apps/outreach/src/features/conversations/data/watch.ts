/** The contract's `LONGEST_WATCH_MS`, without the schemas that would come with it into the first load. */
const LONGEST_WATCH_MS = 600_000
/** Between an answer and the next question of a page in use lie two seconds. After more it slept, or was held up. */
const LONGEST_PAUSE_MS = 5_000

/**
 * For how long somebody has been looking at the page while it asked for news without a break: what comes in meanwhile is
 * measured until it is told. Whatever else keeps news from a page says nothing of how quick we are.
 */
export interface Watch {
  /** With each question. Milliseconds since the first one after the last break; undefined for that one, and out of use. */
  asked(inUse: boolean): number | undefined
  answered(): void
  /** The page was hidden, or a question failed. */
  broken(): void
}

/** @param nowMs Milliseconds of any clock. */
export function createWatch(nowMs: () => number): Watch {
  let sinceMs: number | undefined
  let answeredMs: number | undefined
  const broken = () => {
    sinceMs = undefined
    answeredMs = undefined
  }
  return {
    asked(inUse) {
      const now = nowMs()
      if (!inUse || (answeredMs !== undefined && now - answeredMs > LONGEST_PAUSE_MS)) broken()
      if (!inUse) return undefined
      if (sinceMs !== undefined) return Math.min(LONGEST_WATCH_MS, Math.round(now - sinceMs))
      sinceMs = now
      return undefined
    },
    answered() {
      answeredMs = nowMs()
    },
    broken,
  }
}
