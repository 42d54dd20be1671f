import { nearestRank } from '../ranks.ts'

/** Something that went wrong, as often as it did. */
export interface Fault {
  readonly what: string
  readonly times: number
  /** What was being done meanwhile. */
  readonly during: readonly string[]
  /** Of the first one that had an id, to find it in logs. */
  readonly requestId: string | undefined
}

/** How long answers of one kind took, in milliseconds until the last byte. */
export interface Spread {
  readonly kind: string
  readonly asked: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Counts what happened under a load. */
export interface Tally {
  readonly took: (kind: string, ms: number) => void
  readonly fault: (what: string, during: string, requestId?: string) => void
  readonly faults: () => readonly Fault[]
  readonly spreads: () => readonly Spread[]
}

export function createTally(): Tally {
  const took = new Map<string, number[]>()
  const faults = new Map<string, { times: number; during: Set<string>; requestId: string | undefined }>()
  return {
    took: (kind, ms) => {
      const all = took.get(kind) ?? []
      all.push(ms)
      took.set(kind, all)
    },
    fault: (what, during, requestId) => {
      const one = faults.get(what) ?? { times: 0, during: new Set(), requestId: undefined }
      one.times += 1
      one.during.add(during)
      one.requestId ??= requestId === '' ? undefined : requestId
      faults.set(what, one)
    },
    faults: () => [...faults].map(([what, one]) => ({ what, ...one, during: [...one.during] })),
    spreads: () => [...took].map(([kind, all]) => spreadOf(kind, all)),
  }
}

/** @param took at least one */
export function spreadOf(kind: string, took: readonly number[]): Spread {
  const at = (part: number) => Math.round(nearestRank(took, part))
  return { kind, asked: took.length, p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), maxMs: at(1) }
}
