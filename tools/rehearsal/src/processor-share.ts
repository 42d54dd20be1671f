import { once } from 'node:events'
import { readFileSync } from 'node:fs'
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

/** Does something, and answers how much of this computer there was for it: the least of before, after and on the way. */
export async function withShare<R>(work: () => Promise<R>): Promise<{ readonly result: R; readonly share: number }> {
  const before = await processorShare()
  const begun = ticksNow()
  const result = await work()
  const during = shareBetween(begun, ticksNow())
  return { result, share: Math.min(before, during, await processorShare()) }
}

/** What the processors have done since the computer started, in hundredths of a second. */
export interface Ticks {
  readonly worked: number
  /** Wanted, and given to other virtual computers. */
  readonly stolen: number
}

/** Of what was wanted between two moments, the part that one got. 1 where nobody keeps count. */
export function shareBetween(begun: Ticks | undefined, ended: Ticks | undefined): number {
  if (begun === undefined || ended === undefined) return 1
  const stolen = ended.stolen - begun.stolen
  const wanted = ended.worked - begun.worked + stolen
  return wanted <= 0 ? 1 : 1 - stolen / wanted
}

/** @param stat text of /proc/stat @source Linux manual page proc_stat(5) */
export function ticksIn(stat: string): Ticks | undefined {
  const line = stat.split('\n').find((one) => one.startsWith('cpu '))
  const [user, nice, system, , , irq, softirq, stolen] = line?.trim().split(/\s+/).slice(1).map(Number) ?? []
  if (user === undefined || nice === undefined || system === undefined || stolen === undefined) return undefined
  return { worked: user + nice + system + (irq ?? 0) + (softirq ?? 0), stolen }
}

function ticksNow(): Ticks | undefined {
  try {
    return ticksIn(readFileSync('/proc/stat', 'utf8'))
  } catch {
    return undefined // no Linux
  }
}

/** Of less than this much, others are to blame for what takes longer. */
const QUIET = 0.9
/** However busy the computer: what takes this many times as long is wrong by itself. */
const MOST = 3

/** What something may take that is to take `aimMs` on a computer with nothing else to do, milliseconds. */
export function allowedOn(share: number, aimMs: number): number {
  return share >= QUIET ? aimMs : Math.min(aimMs / share, aimMs * MOST)
}
