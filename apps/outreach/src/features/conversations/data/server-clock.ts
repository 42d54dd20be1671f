/** A clock of a computer may be wrong by so much before anybody minds. */
const TOLERATED_MS = 5000

export interface ServerClock {
  /** Takes note of the server's time, as an answer that just arrived says it (ISO 8601). */
  note(asOf: string): void
  /** Epoch milliseconds by the server's clock. */
  nowMs(): number
}

/** The server's clock as far as it can be told: a coordinator's computer that is minutes off must not call answers late. */
export function createServerClock(now: () => number): ServerClock {
  let offsetMs = 0
  return {
    note(asOf) {
      const away = Date.parse(asOf) - now()
      offsetMs = Math.abs(away) < TOLERATED_MS ? 0 : away
    },
    nowMs: () => now() + offsetMs,
  }
}
