import type { CarrierAnswer } from '../../src/domain/outbox-steps.ts'
import type { Carrier, Letter } from '../../src/sending/carrier.ts'

/** A carrier that answers when it is told to. */
export class HeldCarrier implements Carrier {
  readonly sent: Letter[] = []
  #waiting: ((answer: CarrierAnswer) => void)[] = []
  #arrived: (() => void)[] = []

  send(letter: Letter): Promise<CarrierAnswer> {
    this.sent.push(letter)
    for (const tell of this.#arrived.splice(0)) tell()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async find(): Promise<{ readonly kind: 'nothing' }> {
    return { kind: 'nothing' }
  }

  /** Until the next request is there. */
  request(): Promise<void> {
    return new Promise((resolve) => this.#arrived.push(resolve))
  }

  answer(answer: CarrierAnswer): void {
    for (const tell of this.#waiting.splice(0)) tell(answer)
  }
}
