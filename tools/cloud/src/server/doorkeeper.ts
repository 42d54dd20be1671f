import type { CloudAnswer } from '../wire/messages.ts'
import type { Call } from './calls.ts'

/** A call at the door: about to be carried out, or carried out and about to be answered. */
export interface Passing {
  readonly call: Call
  readonly when: 'before' | 'after'
  /** As it was sent. It may hold what must not be written down. */
  readonly body: Buffer
}

/**
 * What becomes of a call. `cut`: its connection ends; before, nothing happens, and after, nobody hears that it did. An answer
 * before is given in place of the call, which is not carried out; after, in place of the answer.
 */
export type Passed = 'goes on' | 'cut' | CloudAnswer

/** Decides when it likes. */
export type Doorkeeper = (passing: Passing) => Promise<Passed>

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

  /** Whoever cuts outdoes whoever answers. */
  async pass(passing: Passing): Promise<Passed> {
    let passed: Passed = 'goes on'
    for (const doorkeeper of this.#standing) {
      const said = await doorkeeper(passing)
      if (said === 'cut') return 'cut'
      if (said !== 'goes on') passed = said
    }
    return passed
  }
}
