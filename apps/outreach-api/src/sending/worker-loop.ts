export interface WorkerLoopDeps {
  /** One round of work. Answers how much there was. */
  readonly round: () => Promise<number>
  /** Ends at once when the signal is given. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onError: (error: unknown) => void
  /** Between two rounds that found nothing. */
  readonly idleMs: number
  /** After a round that failed. */
  readonly failedMs: number
}

/** Works until the signal is given, and then finishes the round it is in. */
export async function workerLoop(deps: WorkerLoopDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const found = await deps.round().catch((error: unknown) => {
      deps.onError(error)
      return undefined
    })
    if (found === 0) await deps.pause(deps.idleMs, signal)
    if (found === undefined) await deps.pause(deps.failedMs, signal)
  }
}
