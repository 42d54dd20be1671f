import { optOutScope, type Sender } from './senders.ts'

/** Who does not want to hear from whom. Never forgotten to save memory: a phone is a few bytes, a wrong text is not. */
export class OptOuts {
  readonly #stopped = new Set<string>()

  has(sender: Sender, phone: string): boolean {
    return this.#stopped.has(key(sender, phone))
  }

  /** Returns whether that changed anything. */
  stop(sender: Sender, phone: string): boolean {
    const isNew = !this.has(sender, phone)
    this.#stopped.add(key(sender, phone))
    return isNew
  }

  /** Returns whether that changed anything. */
  start(sender: Sender, phone: string): boolean {
    return this.#stopped.delete(key(sender, phone))
  }

  clear(): void {
    this.#stopped.clear()
  }
}

function key(sender: Sender, phone: string): string {
  return `${optOutScope(sender)} ${phone}`
}
