import type { ProbeResult } from '@sax/probes'

/** How long a stage is looked at until it is as it has to be. */
export interface Patience {
  /** In all, milliseconds. */
  readonly withinMs: number
  /** Without fewer promises being broken than ever before, milliseconds. Absent: however long. */
  readonly stuckMs?: number
}

export interface SettlePorts {
  /** One look at everything. Whatever it asks is not waited for beyond the deadline. */
  readonly look: (deadlineMs: number) => Promise<{
    readonly results: readonly ProbeResult[]
    readonly durationMs: number
  }>
  readonly nowMs: () => number
  readonly sleep: (ms: number) => Promise<unknown>
}

/** Between two looks at a stage that has not settled yet, milliseconds. */
const SETTLING_MS = 2000

/**
 * Looks at a stage again and again until all of it holds, or time is up, or nothing comes of waiting: while no fewer
 * promises are broken than ever before, whoever uses the stage has it as long as one goes on looking. Which they are is
 * no matter, for a function that fails once it is warm has others beside it that are not. What was only not seen is no
 * reason to stop early.
 * @returns what the last whole look saw
 */
export async function settle(
  { withinMs, stuckMs = Number.POSITIVE_INFINITY }: Patience,
  { look, nowMs, sleep }: SettlePorts,
): Promise<readonly ProbeResult[]> {
  const deadlineMs = nowMs() + withinMs
  let betterMs = nowMs()
  let fewest: number | undefined
  for (;;) {
    const { results, durationMs } = await look(deadlineMs)
    if (results.every(({ outcome }) => outcome === 'kept')) return results
    const broken = results.filter(({ outcome }) => outcome === 'broken').length
    if (fewest !== undefined && broken < fewest) betterMs = nowMs()
    fewest = Math.min(broken, fewest ?? broken)
    const isStuck = broken > 0 && nowMs() - betterMs >= stuckMs
    // A look that the deadline would cut off says less than the one before it.
    if (isStuck || nowMs() + SETTLING_MS + durationMs >= deadlineMs) return results
    await sleep(SETTLING_MS)
  }
}
