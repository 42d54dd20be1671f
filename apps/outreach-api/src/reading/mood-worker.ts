import { errorFields, type Logger } from '@sax/logging'
import type { MessageToRead, MoodReader, MoodStore } from './mood.ts'

/** With a pause after each that becomes longer. After them the message stays without a mark. */
const MOST_ATTEMPTS = 5

export interface MoodWorkerDeps {
  readonly store: MoodStore
  readonly reader: MoodReader
  readonly nowMs: () => number
  readonly logger: Logger
}

/** Reads what patients wrote, after it was stored: nothing waits for it, and nothing is lost when it fails. */
export function createMoodWorker({ store, reader, nowMs, logger }: MoodWorkerDeps) {
  const readOne = async (message: MessageToRead): Promise<void> => {
    try {
      await store.settle(message, await reader.read(message))
    } catch (error) {
      logger.warn('message was not read', { tenant: message.tenantId, ...errorFields(error) })
      if (message.attempts >= MOST_ATTEMPTS) await store.settle(message, undefined)
    }
  }
  return {
    /** Reads up to `limit` messages that are due. Answers how many there were. */
    sweep: async (limit: number): Promise<number> => {
      const due = await store.take({ limit, nowMs: nowMs() })
      for (const message of due) await readOne(message)
      return due.length
    },
  }
}
