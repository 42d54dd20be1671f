/** Tells what is being done, and how long it took where that was long enough to be noticed. */
export interface Progress {
  readonly say: (line: string) => void
  readonly step: <Result>(what: string, work: () => Promise<Result>) => Promise<Result>
}

const NOTICED_MS = 2000

export function progressTo(say: (line: string) => void, nowMs: () => number): Progress {
  return {
    say,
    step: async (what, work) => {
      const startedMs = nowMs()
      say(`${what} …`)
      const result = await work()
      const tookMs = nowMs() - startedMs
      if (tookMs >= NOTICED_MS) say(`${what}: ${(tookMs / 1000).toFixed(1)} s`)
      return result
    },
  }
}
