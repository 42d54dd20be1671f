import type { MediaRefusal } from '@sax/api-contract'
import { errorFields, type Logger } from '@sax/logging'
import { judgeMedia } from './judge-media.ts'
import { mediaKey } from './media-key.ts'
import type { DueMedia, FetchedMedia, MediaStorage, MediaStore } from './media-ports.ts'

/** With a pause of a minute after each. */
const MOST_ATTEMPTS = 10

export interface MediaWorkerDeps {
  readonly store: MediaStore
  readonly storage: MediaStorage
  readonly fetchMedia: (url: string) => Promise<FetchedMedia>
  readonly nowMs: () => number
  readonly logger: Logger
}

/** Brings pictures from the carrier into storage of our own. Fetching one twice is harmless: it has one place. */
export function createMediaWorker({ store, storage, fetchMedia, nowMs, logger }: MediaWorkerDeps) {
  const refuse = (media: DueMedia, why: MediaRefusal): Promise<void> => {
    logger.warn('picture refused', { tenant: media.tenantId, code: why })
    return store.refused(media, why)
  }
  const bring = async (media: DueMedia): Promise<void> => {
    const fetched = await fetchMedia(media.url)
    if (fetched.kind === 'failed' && media.attempts < MOST_ATTEMPTS) return
    if (fetched.kind !== 'fetched') return refuse(media, fetched.kind === 'failed' ? 'not_fetched' : fetched.why)
    const judged = await judgeMedia(fetched.bytes, media.contentType)
    if (judged.kind === 'bad') return refuse(media, judged.why)
    const { contentType } = judged
    const storageKey = mediaKey(media.tenantId, media.mediaId)
    await storage.put(storageKey, fetched.bytes, contentType)
    await store.kept(media, { storageKey, contentType, bytes: fetched.bytes.length })
  }
  return {
    /** Brings up to `limit` pictures that are due. Answers how many there were. */
    sweep: async (limit: number): Promise<number> => {
      const due = await store.take({ limit, nowMs: nowMs() })
      for (const media of due) {
        await bring(media).catch((error: unknown) => {
          logger.error('picture failed', { tenant: media.tenantId, ...errorFields(error) })
        })
      }
      return due.length
    },
  }
}
