import { errorFields, type Logger } from '@sax/logging'
import { afterAnswer, afterLookup, heldBack, SETTLING_MS, type Step } from '../domain/outbox-steps.ts'
import type { Carrier } from './carrier.ts'
import type { Claim, MessageKey, OutboxStore } from './outbox-store.ts'

/** How long a worker is taken for alive. Much longer than its steps take, the carrier's answer included. */
export const CLAIM_MS = 30_000

export interface OutboxWorkerDeps {
  readonly store: OutboxStore
  readonly carrier: Carrier
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly newId: () => string
  readonly logger: Logger
}

export interface OutboxWorker {
  /** Works on up to `limit` messages that are due. Answers how many there were. */
  sweep(limit: number): Promise<number>
  /** Works on one message, if it is due and nobody has it. */
  work(key: MessageKey): Promise<void>
}

/**
 * What brings messages from the outbox to the carrier. Any number of workers may run; any of them may end at any point.
 * A message is sent again only after the carrier has said that it does not have it.
 */
export function createOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const { store, nowMs, newId, logger } = deps

  const work = async (key: MessageKey): Promise<void> => {
    const claim = await store.claim(key, { token: newId(), claimMs: CLAIM_MS, settlingMs: SETTLING_MS })
    if (claim === undefined) return
    await (claim.work === 'send' ? send(deps, claim) : ask(deps, claim))
  }

  return {
    work,
    sweep: async (limit) => {
      const due = await store.due({ nowMs: nowMs(), limit })
      for (const key of due) {
        await work(key).catch((error: unknown) => {
          // One message must not keep the others. It stays as the store has it, and is due again when its claim is over.
          logger.error('outbox message failed', { tenant: key.tenantId, ...errorFields(error) })
        })
      }
      return due.length
    },
  }
}

async function send({ store, carrier, nowMs, random, logger }: OutboxWorkerDeps, claim: Claim): Promise<void> {
  if ((await store.begin(claim)) === 'lost') return
  const attempts = claim.attempts + 1
  const facts = () => ({ nowMs: nowMs(), attempts, random: random() })
  let step: Step | undefined
  let answeredAtMs = 0
  const recorded = await store.holding(claim, async ({ letter, consent }) => {
    step = heldBack(consent, facts()) ?? afterAnswer(await carrier.send(letter), facts())
    answeredAtMs = nowMs()
    return step
  })
  if (recorded === 'lost' || step === undefined) return
  said(logger, claim, step)
  if (step.consent === 'carrier_refusal') await store.refusedByCarrier(claim, answeredAtMs)
}

async function ask({ store, carrier, nowMs, random, logger }: OutboxWorkerDeps, claim: Claim): Promise<void> {
  const letter = await store.letter(claim)
  if (letter === undefined) return
  const lookup = await carrier.find(letter, (sids) => store.known(claim, sids))
  const step = afterLookup(lookup, { nowMs: nowMs(), attempts: claim.attempts, random: random() })
  if ((await store.record(claim, step)) === 'recorded') said(logger, claim, step)
}

function said(logger: Logger, { tenantId }: Claim, { state, errorCode }: Step): void {
  if (state === 'done') logger.info('message accepted by the carrier', { tenant: tenantId })
  else logger.warn(`message is ${state}`, { tenant: tenantId, code: errorCode })
}
