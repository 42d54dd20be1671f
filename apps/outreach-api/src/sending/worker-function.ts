import { errorFields, type Logger } from '@sax/logging'
import type { workerStatusAnswer } from '@sax/release'
import { isReleaseEvent } from '@sax/release/is-release-event'
import * as z from 'zod'
import type { OutboxWorker } from './outbox-worker.ts'

/** What the schedule says every minute, for messages that stand in no queue. */
const sweepEvent = z.object({ kind: z.literal('sweep-outbox') })
/** @source AWS Lambda Developer Guide, "Using Lambda with Amazon SQS" (event, and reporting of items that failed) */
const statusEvent = z.strictObject({ sax: z.literal('worker-status') })
const queueEvent = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) })
const queued = z.object({ tenantId: z.guid(), messageId: z.guid() })

export interface WorkerFunctionPorts {
  readonly outbox: OutboxWorker
  /** What patients have sent pictures of. */
  readonly pictures: { readonly sweep: (limit: number) => Promise<number> }
  /** Whether patients want to be texted, where only the carrier can tell. */
  readonly starts: { readonly sweep: (limit: number) => Promise<number> }
  /** What patients have sent to numbers that were nobody's. */
  readonly setAside: { readonly sweep: (limit: number) => Promise<number> }
  /** What was chosen to be sent and never was. */
  readonly unsent: { readonly sweep: (limit: number) => Promise<number> }
  /** Answers that are kept for a day. */
  readonly answers: { readonly sweep: (limit: number) => Promise<number> }
  /** What patients have written, where a classifier reads it. */
  readonly moods: { readonly sweep: (limit: number) => Promise<number> } | undefined
  /** What a release wants to know before it lets people's messages come to it. */
  readonly status: () => Promise<WorkerStatus>
  readonly logger: Logger
}

export type WorkerStatus = z.output<typeof workerStatusAnswer>

export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** Most rounds of a sweep: what is left is found by the next one. */
const SWEEP_ROUNDS = 20
const ROUND_SIZE = 20

/**
 * The outbox worker as a function of the cloud: batches of a queue whose messages name what was stored, and sweeps for
 * what never got into it. What fails here is left to the outbox, which knows better than the queue when to try again;
 * the queue gets back only what could not be looked at.
 */
export function createWorkerFunction({
  outbox,
  starts,
  pictures,
  setAside,
  unsent,
  answers,
  moods,
  status,
  logger,
}: WorkerFunctionPorts) {
  return async (event: unknown): Promise<BatchAnswer | WorkerStatus> => {
    if (isReleaseEvent(event)) {
      if (statusEvent.safeParse(event).success) return status()
      throw new TypeError('a worker tells a release its status and nothing else')
    }
    if (sweepEvent.safeParse(event).success) {
      await untilNothing(outbox)
      await untilNothing(starts)
      await untilNothing(setAside)
      await untilNothing(pictures)
      // Last, for they can wait.
      await untilNothing(unsent)
      await untilNothing(answers)
      if (moods !== undefined) await untilNothing(moods)
      return { batchItemFailures: [] }
    }
    const failed: { itemIdentifier: string }[] = []
    for (const { messageId: itemIdentifier, body } of queueEvent.parse(event).Records) {
      const key = queued.safeParse(jsonOf(body))
      if (!key.success) {
        logger.error('queue message is malformed')
        failed.push({ itemIdentifier })
        continue
      }
      await outbox.work(key.data).catch((error: unknown) => {
        logger.error('outbox message failed', { tenant: key.data.tenantId, ...errorFields(error) })
        failed.push({ itemIdentifier })
      })
    }
    return { batchItemFailures: failed }
  }
}

async function untilNothing({ sweep }: Pick<OutboxWorker, 'sweep'>): Promise<void> {
  for (let round = 0; round < SWEEP_ROUNDS; round += 1) if ((await sweep(ROUND_SIZE)) === 0) return
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
