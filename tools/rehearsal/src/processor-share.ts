import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Long enough for a scheduler to give others their turns, milliseconds. */
const SPIN_MS = 300

const SPIN = `
const { parentPort, workerData } = require('node:worker_threads')
const startedMs = performance.now()
const before = process.threadCpuUsage()
while (performance.now() - startedMs < workerData) Math.sqrt(startedMs)
const { user, system } = process.threadCpuUsage(before)
parentPort.postMessage((user + system) / 1000 / (performance.now() - startedMs))
`

/**
 * How much of this computer one gets who wants all of it: 1 where nothing else runs, 0.5 where something else runs on
 * every processor. Takes a third of a second.
 */
export async function processorShare(): Promise<number> {
  const shares = await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const worker = new Worker(SPIN, { eval: true, workerData: SPIN_MS })
      const [share]: unknown[] = await once(worker, 'message')
      await worker.terminate()
      return Number(share)
    }),
  )
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** Of less than this much, others are to blame for what takes longer. */
const QUIET = 0.9
/** However busy the computer: what takes this many times as long is wrong by itself. */
const MOST = 3

/** What something may take that is to take `aimMs` on a computer with nothing else to do, milliseconds. */
export function allowedOn(share: number, aimMs: number): number {
  return share >= QUIET ? aimMs : Math.min(aimMs / share, aimMs * MOST)
}
