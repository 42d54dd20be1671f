import type { MessageMedia } from './message.ts'

const KEPT_PHONES = 5000
const KEPT_BUBBLES = 200

/** One thing on the screen of a simulated phone. */
export interface Bubble {
  readonly id: number
  readonly atMs: number
  /** `mine` is what the owner of the phone wrote; `lost` never arrived and is shown for us alone. */
  readonly kind: 'mine' | 'practice' | 'carrier' | 'lost'
  /** The practice's number. */
  readonly number: string
  readonly text: string
  readonly media: readonly MessageMedia[]
  /** Why it was lost. */
  readonly errorCode: number | null
}

/** What the phones of patients show. The phones that were quiet the longest are forgotten first. */
export class Phones {
  readonly #bubbles = new Map<string, Bubble[]>()
  #version = 0

  add(phone: string, bubble: Omit<Bubble, 'id'>): void {
    this.#version += 1
    const bubbles = this.#bubbles.get(phone) ?? []
    // Put last again: the order of the map is the order of the last word.
    this.#bubbles.delete(phone)
    this.#bubbles.set(phone, [...bubbles, { ...bubble, id: this.#version }].slice(-KEPT_BUBBLES))
    if (this.#bubbles.size <= KEPT_PHONES) return
    const [quietest] = this.#bubbles.keys()
    if (quietest !== undefined) this.#bubbles.delete(quietest)
  }

  of(phone: string): readonly Bubble[] {
    return this.#bubbles.get(phone) ?? []
  }

  /** Phones with something on them, the last word first. */
  get all(): readonly string[] {
    return [...this.#bubbles.keys()].reverse()
  }

  /** Grows with every bubble. */
  get version(): number {
    return this.#version
  }

  clear(): void {
    this.#bubbles.clear()
    this.#version += 1
  }
}
