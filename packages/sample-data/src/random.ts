/** A source of reproducible choices. The same seed gives the same choices on every machine and in every release. */
export interface Random {
  /** A whole number from 0 to `below - 1`. */
  readonly below: (below: number) => number
  readonly pick: <T>(items: readonly [T, ...T[]]) => T
}

/**
 * @source Tommy Ettinger's mulberry32, public domain: 32 bits of state, every seed has the full period. A generator of
 * our own because a library's may change its sequence with its version, and ids in tests and documents would move.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, pick: (items) => items[below(items.length)] ?? items[0] }
}
