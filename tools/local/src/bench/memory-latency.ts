/** More than a core's own cache, and less than a processor's that nobody else uses. */
const BYTES = 8 * 2 ** 20
/** A line of the cache holds so many numbers of four bytes. */
const LINE = 16
const READS = 2_000_000

/**
 * How long a read takes, nanoseconds, that goes anywhere in 8 MB and has to wait for the one before it. Processors of one
 * name may differ in it by ten times: on a virtual computer others use the cache too, and what runs in large programs, as a
 * database and V8 are, waits for memory most of the time. Takes half a second.
 */
export function memoryLatencyNs(nowMs: () => number, random = Math.random): number {
  const next = oneRound(BYTES / Int32Array.BYTES_PER_ELEMENT / LINE, random)
  follow(next, READS)
  const startedMs = nowMs()
  const end = follow(next, READS)
  const tookMs = nowMs() - startedMs
  // Looked at, so that nobody leaves the reads out.
  return end < 0 ? 0 : (tookMs * 1e6) / READS
}

/** Places in an order that comes by all of them before the first comes again; each is a line of the cache of its own. */
export function oneRound(places: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: places }, (_, i) => i)
  for (let i = places - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = kept
  }
  const next = new Int32Array(places * LINE)
  for (const [i, place] of order.entries()) next[place * LINE] = (order[(i + 1) % places] ?? 0) * LINE
  return next
}

function follow(next: Int32Array, steps: number): number {
  let at = 0
  for (let i = 0; i < steps; i += 1) at = next[at] ?? 0
  return at
}
