import { errorFields, type Logger } from '@sax/logging'
import type { CarrierRecords } from '../sending/carrier.ts'

/** A START, and what was told so close to it that it may have been written later. */
export interface StartInDoubt {
  readonly tenantId: string
  readonly messageId: string
  /** E.164 */
  readonly phone: string
  /** The carrier's names of the START, and of what speaks against it. */
  readonly startSid: string
  readonly againstSids: readonly string[]
  /** How often it was asked about, this time included. */
  readonly attempts: number
}

/** Where they are kept. Each function is one transaction, and harmless when it is repeated. */
export interface StartStore {
  /** Those that are due, each taken for a while that grows with every attempt. */
  take(query: { readonly limit: number; readonly nowMs: number }): Promise<readonly StartInDoubt[]>
  /**
   * Ends the doubt; `last_word`: the number may be texted. What was told meanwhile, and not asked about, makes it due
   * once more.
   */
  settle(start: StartInDoubt, verdict: 'last_word' | 'taken_back'): Promise<'settled' | 'again'>
}

/** With pauses that grow from a quarter of a minute to an hour: more than a day. After them the number stays as it is. */
const MOST_ATTEMPTS = 36

export interface StartWorkerDeps {
  readonly store: StartStore
  readonly carrier: CarrierRecords
  readonly nowMs: () => number
  readonly logger: Logger
}

/** Asks the carrier which of two texts was written last. Its own list of who may be texted follows the same order. */
export function createStartWorker({ store, carrier, nowMs, logger }: StartWorkerDeps) {
  const verdictOf = async ({ startSid, againstSids }: StartInDoubt, createdAt: CarrierRecords['createdAt']) => {
    const startMs = await createdAt(startSid)
    if (startMs === undefined) return undefined
    let isLast = true
    for (const sid of againstSids) {
      const ms = await createdAt(sid)
      if (ms === undefined) return undefined
      // It tells seconds. Two texts within one count as a STOP.
      isLast &&= ms < startMs
    }
    return isLast ? 'last_word' : 'taken_back'
  }
  const askAbout = async (start: StartInDoubt, createdAt: CarrierRecords['createdAt']): Promise<void> => {
    const verdict = await verdictOf(start, createdAt)
    if (verdict !== undefined) {
      await store.settle(start, verdict)
    } else if (start.attempts >= MOST_ATTEMPTS) {
      // The patient may say START again.
      logger.error('start stays in doubt', { tenant: start.tenantId, code: 'start_given_up' })
      await store.settle(start, 'taken_back')
    }
  }
  return {
    /** Asks about up to `limit` that are due. Answers how many there were. */
    sweep: async (limit: number): Promise<number> => {
      const due = await store.take({ limit, nowMs: nowMs() })
      const createdAt = askedOnce(carrier)
      for (const start of due) {
        await askAbout(start, createdAt).catch((error: unknown) =>
          logger.error('start was not asked about', { tenant: start.tenantId, ...errorFields(error) }),
        )
      }
      return due.length
    },
  }
}

/**
 * The carrier, asked about each text once. Who goes back and forth between STOP and START has many of either, and each of
 * one stands against each of the other.
 */
function askedOnce(carrier: CarrierRecords): CarrierRecords['createdAt'] {
  const answers = new Map<string, ReturnType<CarrierRecords['createdAt']>>()
  return (sid) => {
    const answer = answers.get(sid) ?? carrier.createdAt(sid)
    answers.set(sid, answer)
    return answer
  }
}
