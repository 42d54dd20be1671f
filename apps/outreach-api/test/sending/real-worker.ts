import { randomUUID } from 'node:crypto'
import type { Logger } from '@sax/logging'
import type { OutboxStore } from '../../src/sending/outbox-store.ts'
import { createOutboxWorker, type OutboxWorker } from '../../src/sending/outbox-worker.ts'
import { createTwilioClient } from '../../src/sending/twilio-client.ts'
import type { Database } from '../../src/store/database.ts'
import { createOutboxStore } from '../../src/store/outbox.ts'
import { ACCOUNT_SID, AUTH_TOKEN } from './carrier-of-tests.ts'

/** Where a worker can end. */
export const STEPS = ['due', 'claimed', 'begun', 'allowed', 'answered', 'recorded'] as const
export type WorkerStep = (typeof STEPS)[number]

export interface RealWorkerOptions {
  readonly database: Database
  readonly carrierUrl: string
  readonly logger: Logger
  readonly nowMs?: () => number
  /** Told when a step has been reached. */
  readonly onStep?: (step: WorkerStep) => void | Promise<void>
}

/** The worker as it is run, on PostgreSQL and a carrier. */
export function realWorker({
  database,
  carrierUrl,
  logger,
  nowMs = Date.now,
  onStep,
}: RealWorkerOptions): OutboxWorker {
  const store = createOutboxStore(database, nowMs)
  const reached = async (step: WorkerStep) => onStep?.(step)
  const carrier = createTwilioClient({
    baseUrl: carrierUrl,
    accountSid: ACCOUNT_SID,
    credentials: async () => ({ user: ACCOUNT_SID, password: AUTH_TOKEN }),
    statusCallback: (id) => `http://127.0.0.1:9/status?m=${id}`,
    linkToPicture: async (id) => `http://127.0.0.1:9/media/${id}`,
    fetch: globalThis.fetch,
    timeoutMs: 500,
  })
  const watched: OutboxStore = {
    ...store,
    due: async (query) => {
      const due = await store.due(query)
      await reached('due')
      return due
    },
    claim: async (key, take) => {
      const claim = await store.claim(key, take)
      if (claim !== undefined) await reached('claimed')
      return claim
    },
    begin: async (claim) => {
      const begun = await store.begin(claim)
      await reached('begun')
      return begun
    },
    holding: async (claim, work) => {
      const written = await store.holding(claim, async (held) => {
        await reached('allowed')
        const step = await work(held)
        await reached('answered')
        return step
      })
      await reached('recorded')
      return written
    },
  }
  return createOutboxWorker({ store: watched, carrier, nowMs, random: Math.random, newId: randomUUID, logger })
}
