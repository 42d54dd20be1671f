/** How much of a log an answer carries. @source AWS Lambda API Reference, "Invoke" (LogType: the last 4 KB) */
const TAIL_BYTES = 4096

/** What one sandbox writes: it is passed on line by line, and the last of it is kept for whoever invoked. */
export class SandboxLog {
  readonly #write: (line: string) => void
  #tail = ''

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  /** The runtime client puts a carriage return where a message breaks its lines. */
  readonly line = (text: string): void => {
    const message = text.replaceAll('\r', '\n')
    if (message === '') return
    this.#write(message)
    this.#tail = `${this.#tail}${message}\n`.slice(-TAIL_BYTES)
  }

  lines(all: readonly string[]): void {
    for (const one of all) this.line(one)
  }

  /** From now on the tail is that of another invocation. */
  beginTail(): void {
    this.#tail = ''
  }

  get tail(): string {
    return Buffer.from(this.#tail).subarray(-TAIL_BYTES).toString('utf8')
  }
}
