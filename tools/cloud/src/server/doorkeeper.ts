import type { Call } from './calls.ts'

/** A call at the door: about to be carried out, or carried out and about to be answered. */
export interface Passing {
  readonly call: Call
  readonly when: 'before' | 'after'
  /** As it was sent. It may hold what must not be written down. */
  readonly body: Buffer
}

/** Lets a call through when it likes, or cuts its connection: before, nothing happens; after, nobody hears that it did. */
export type Doorkeeper = (passing: Passing) => Promise<'goes on' | 'cut'>

/** Everybody who stands at the door at the moment. */
export class Doorkeepers {
  #standing: readonly Doorkeeper[] = []

  /** The returned function sends them away. */
  add(doorkeeper: Doorkeeper): () => void {
    this.#standing = [...this.#standing, doorkeeper]
    return () => {
      this.#standing = this.#standing.filter((one) => one !== doorkeeper)
    }
  }

  clear(): void {
    this.#standing = []
  }

  async pass(passing: Passing): Promise<'goes on' | 'cut'> {
    for (const doorkeeper of this.#standing) if ((await doorkeeper(passing)) === 'cut') return 'cut'
    return 'goes on'
  }
}
