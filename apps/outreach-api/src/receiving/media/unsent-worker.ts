import { errorFields, type Logger } from '@sax/logging'
import type { MediaStorage, UnsentStore } from './media-ports.ts'

/** How long a chosen picture waits to be sent. */
export const UNSENT_MS = 24 * 60 * 60 * 1000

export interface UnsentWorkerDeps {
  readonly store: UnsentStore
  readonly storage: Pick<MediaStorage, 'remove'>
  readonly nowMs: () => number
  readonly logger: Logger
}

/**
 * Removes pictures that somebody chose and did not send within a day. Each is taken from its author, then from storage,
 * and then its row goes: whatever ends in between is found again, and done again without harm.
 */
export function createUnsentWorker({ store, storage, nowMs, logger }: UnsentWorkerDeps) {
  return {
    /** Removes up to `limit` pictures. Answers how many: what failed waits for the next time. */
    sweep: async (limit: number): Promise<number> => {
      const taken = await store.takeUnsent({ beforeMs: nowMs() - UNSENT_MS, limit })
      let removed = 0
      for (const upload of taken) {
        try {
          await storage.remove(upload.storageKey)
          await store.forget(upload)
          removed += 1
        } catch (error) {
          logger.error('a picture that nobody sent stays', { tenant: upload.tenantId, ...errorFields(error) })
        }
      }
      if (removed > 0) logger.info('pictures that nobody sent are removed', { count: removed })
      return removed
    },
  }
}
