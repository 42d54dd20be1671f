import { errorFields, type Logger } from '@sax/logging'
import type { SetAsideStore } from './receiving-store.ts'

/** Gives texts that were set aside to the practices that have their numbers by now. */
export function createSetAsideWorker({ store, logger }: { readonly store: SetAsideStore; readonly logger: Logger }) {
  return {
    /** Places up to `limit` texts. Answers how many: what failed waits for the next time. */
    sweep: async (limit: number): Promise<number> => {
      const due = await store.due(limit)
      let placed = 0
      for (const text of due) {
        try {
          await store.place(text)
          placed += 1
        } catch (error) {
          logger.error('a text that was set aside stays', { tenant: text.tenantId, ...errorFields(error) })
        }
      }
      if (placed > 0) logger.info('texts that were set aside are placed', { count: placed })
      return placed
    },
  }
}
