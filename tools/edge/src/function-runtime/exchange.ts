/** Largest event or answer, in bytes. CloudFront takes 20,480 bytes of request; JSON may need several times that. */
const CAPACITY_BYTES = 524_288

/** Who has the word: the caller has put nothing, the caller has asked, the thread has answered. */
export const IDLE = 0
export const ASKED = 1
export const ANSWERED = 2

const WORD = 0
const LENGTH = 1
const HEAD_BYTES = 8

/** Memory that a caller and the thread of the functions share: one text, and whose turn it is. */
export interface Exchange {
  readonly memory: SharedArrayBuffer
  /** True when the text found room. */
  put(text: string): boolean
  take(): string
  say(word: number): void
  /** Blocks until the word is another one than `word`; false when `timeoutMs` went by first. */
  waitWhile(word: number, timeoutMs?: number): boolean
}

/** Wraps memory made by the other side, or new memory. */
export function createExchange(memory = new SharedArrayBuffer(HEAD_BYTES + CAPACITY_BYTES)): Exchange {
  const words = new Int32Array(memory, 0, 2)
  const text = Buffer.from(memory, HEAD_BYTES)
  return {
    memory,
    put(value) {
      if (Buffer.byteLength(value) > text.length) return false
      words[LENGTH] = text.write(value)
      return true
    },
    take: () => text.toString('utf8', 0, words[LENGTH]),
    say(word) {
      Atomics.store(words, WORD, word)
      Atomics.notify(words, WORD)
    },
    waitWhile(word, timeoutMs) {
      // A late notification for the word before this one wakes the wait, too; only the word itself says whose turn it is.
      while (Atomics.load(words, WORD) === word) {
        if (Atomics.wait(words, WORD, word, timeoutMs) === 'timed-out') return false
      }
      return true
    },
  }
}
