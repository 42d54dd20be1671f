/** Time as the carrier has it: a clock, and acts that happen later. Tests bring one that stands still. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  /** Returns what calls it off. */
  readonly later: (delayMs: number, act: () => void) => () => void
}

/** A timer cannot wait for longer, and a message can be scheduled 35 days ahead. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The computer's own. */
export const realTime: Time = {
  nowMs: () => Date.now(),
  later: (delayMs, act) => {
    let timer: NodeJS.Timeout
    const wait = (leftMs: number) => {
      const stretchMs = Math.min(leftMs, LONGEST_TIMER_MS)
      timer = setTimeout(() => (leftMs > stretchMs ? wait(leftMs - stretchMs) : act()), stretchMs)
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  },
}

/** A time whose acts can be called off all together. */
export function endingTogether({ nowMs, later }: Time): Time & { readonly callOff: () => void } {
  const pending = new Set<() => void>()
  return {
    nowMs,
    later: (delayMs, act) => {
      const callOffOne = later(delayMs, () => {
        pending.delete(callOffOne)
        act()
      })
      pending.add(callOffOne)
      return () => {
        pending.delete(callOffOne)
        callOffOne()
      }
    },
    callOff: () => {
      for (const callOffOne of pending) callOffOne()
      pending.clear()
    },
  }
}
