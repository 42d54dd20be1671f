import type { Time } from '../src/carrier/time.ts'

export interface VirtualTime extends Time {
  /** Lets so much time go by; what is due happens, each with whatever it sets off. */
  pass(ms: number): Promise<void>
}

/** A clock that stands still until it is told otherwise. */
export function virtualTime(startMs: number): VirtualTime {
  let nowMs = startMs
  const due: { readonly atMs: number; readonly act: () => void }[] = []
  return {
    nowMs: () => nowMs,
    later: (delayMs, act) => {
      const entry = { atMs: nowMs + delayMs, act }
      due.push(entry)
      return () => {
        const index = due.indexOf(entry)
        if (index >= 0) due.splice(index, 1)
      }
    },
    pass: async (ms) => {
      const untilMs = nowMs + ms
      for (;;) {
        // What was set off by promises may ask for time of its own.
        await settled()
        const next = due.reduce<(typeof due)[number] | undefined>(
          (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
          undefined,
        )
        if (next === undefined || next.atMs > untilMs) break
        due.splice(due.indexOf(next), 1)
        nowMs = Math.max(nowMs, next.atMs)
        next.act()
      }
      nowMs = untilMs
    },
  }
}

/** Everything that needs no time has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
