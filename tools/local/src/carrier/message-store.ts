import { type CarrierMessage, isFinal } from './message.ts'

export interface ListFilter {
  readonly to?: string
  readonly from?: string
  /** Bounds of the time of sending, both included. A message that was not sent yet is outside of every bound. */
  readonly sentFromMs?: number
  readonly sentUntilMs?: number
}

/** The messages of one account, newest last; old ones make room for new ones. */
export class MessageStore {
  readonly #messages = new Map<string, CarrierMessage>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  add(message: CarrierMessage): void {
    this.#messages.set(message.sid, message)
    if (this.#messages.size <= this.#capacity) return
    this.#messages.delete(this.#oldestToSpare())
  }

  /** What is under way stays longer: its callbacks would speak of a message that cannot be fetched. */
  #oldestToSpare(): string {
    let oldest: string | undefined
    for (const { sid, status } of this.#messages.values()) {
      if (isFinal(status)) return sid
      oldest ??= sid
    }
    return oldest ?? ''
  }

  get(sid: string): CarrierMessage | undefined {
    return this.#messages.get(sid)
  }

  /** Newest first. */
  list({ to, from, sentFromMs, sentUntilMs }: ListFilter = {}): readonly CarrierMessage[] {
    const byTime = sentFromMs !== undefined || sentUntilMs !== undefined
    return [...this.#messages.values()]
      .filter(
        (message) =>
          (to === undefined || message.to === to) &&
          (from === undefined || message.from === from) &&
          (!byTime ||
            (message.sentMs !== null &&
              message.sentMs >= (sentFromMs ?? 0) &&
              message.sentMs <= (sentUntilMs ?? Number.POSITIVE_INFINITY))),
      )
      .reverse()
  }

  get size(): number {
    return this.#messages.size
  }

  clear(): void {
    this.#messages.clear()
  }
}
