import type { Time } from './time.ts'

/** One number's queue: so many segments a second leave it, in the order in which they came. */
export class SenderLane {
  readonly #time: Time
  readonly #segmentsPerSec: number
  /** When the last one in the queue will have left. */
  #freeAtMs = 0

  constructor(time: Time, segmentsPerSec: number) {
    this.#time = time
    this.#segmentsPerSec = segmentsPerSec
  }

  /** Milliseconds that a message would wait now. */
  get waitMs(): number {
    return Math.max(0, this.#freeAtMs - this.#time.nowMs())
  }

  /** Takes a place in the queue. Returns how long it waits, in ms. */
  take(segments: number): number {
    const { waitMs } = this
    this.#freeAtMs = this.#time.nowMs() + waitMs + (segments / this.#segmentsPerSec) * 1000
    return waitMs
  }
}
