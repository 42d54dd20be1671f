/** Does something that may take long, and says so: what and how long, and every ten seconds that it goes on. */
export type Step = <R>(title: string, work: () => Promise<R>) => Promise<R>

const SAY_EVERY_MS = 10_000

export function createStep(say: (line: string) => void, nowMs: () => number): Step {
  return async (title, work) => {
    const startedMs = nowMs()
    const seconds = () => `${((nowMs() - startedMs) / 1000).toFixed(0)} s`
    say(`  ${title} …`)
    const timer = setInterval(() => say(`  ${title}: ${seconds()} so far`), SAY_EVERY_MS)
    try {
      return await work()
    } finally {
      clearInterval(timer)
      if (nowMs() - startedMs > 1_000) say(`  ${title}: ${seconds()}`)
    }
  }
}
