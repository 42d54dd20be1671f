import type { ConsentEvent, ConsentState } from './consent.ts'
import type { Progress } from './message-status.ts'

/** What the carrier said to a message. */
export type CarrierAnswer =
  | { readonly kind: 'accepted'; readonly sid: string; readonly progress: Progress }
  /** It says itself that it did nothing, or was never reached. */
  | { readonly kind: 'not_processed'; readonly code: string; readonly retryAfterMs?: number }
  /** It will not take this message, now or later. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Nobody knows whether it took the message. */
  | { readonly kind: 'unknown'; readonly code: string }

/** What the carrier said when it was asked whether it has a message. */
export type Lookup =
  | { readonly kind: 'found'; readonly sid: string; readonly progress: Progress }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'no_answer'; readonly code: string }

/** What becomes of a message and of its place in the outbox, together. */
export interface Step {
  readonly state: 'waiting' | 'unknown' | 'done' | 'dead'
  /** When it is looked at again. Only of what is `waiting` or `unknown`. */
  readonly nextAttemptAtMs?: number
  /** This attempt did not reach the carrier and is not counted. */
  readonly uncounted?: true
  /** Closed word of ours, or the carrier's number. */
  readonly errorCode?: string
  readonly message?: Progress
  /** The carrier's name for the message. */
  readonly sid?: string
  readonly consent?: ConsentEvent
}

/** Milliseconds since the epoch; attempts include the present one; `random` is in [0, 1). */
export interface AttemptFacts {
  readonly nowMs: number
  readonly attempts: number
  readonly random: number
}

/** The carrier's number for a recipient who said stop. @source Twilio documentation, "Error 21610" */
export const OPTED_OUT_CODE = '21610'

/** After that many a person has to look. With the pauses below, after 12 to 24 minutes. */
export const MAX_ATTEMPTS = 12
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 300_000

/**
 * How long after an attempt the carrier's list is believed when it lacks a message. A request that was given up may
 * still be on its way, and the list need not be up to date at once. Nothing documented bounds either; requests end after
 * seconds, so a minute is wide.
 */
export const SETTLING_MS = 60_000

/** How often it is looked whether a held message may go. */
const HELD_PAUSE_MS = 30_000

/** What consent says to a message that is about to go: nothing, or what becomes of it instead. */
export function heldBack(consent: ConsentState, { nowMs }: AttemptFacts): Step | undefined {
  switch (consent) {
    case 'subscribed':
      return undefined
    case 'held':
      return { state: 'waiting', nextAttemptAtMs: nowMs + HELD_PAUSE_MS, uncounted: true }
    case 'opted_out':
      return dead(OPTED_OUT_CODE)
  }
}

/** What becomes of a message once the carrier has answered, or has not. */
export function afterAnswer(answer: CarrierAnswer, facts: AttemptFacts): Step {
  switch (answer.kind) {
    case 'accepted':
      return { state: 'done', sid: answer.sid, message: answer.progress }
    case 'unknown':
      return { state: 'unknown', nextAttemptAtMs: facts.nowMs + SETTLING_MS, errorCode: answer.code }
    case 'refused':
      return answer.code === OPTED_OUT_CODE ? { ...dead(answer.code), consent: 'carrier_refusal' } : dead(answer.code)
    case 'not_processed':
      return again(answer.code, facts, Math.max(pauseMs(facts), answer.retryAfterMs ?? 0))
  }
}

/** What becomes of a message whose attempt ended in the unknown, once the carrier was asked. */
export function afterLookup(lookup: Lookup, facts: AttemptFacts): Step {
  switch (lookup.kind) {
    case 'found':
      return { state: 'done', sid: lookup.sid, message: lookup.progress }
    case 'nothing':
      return again('not_sent', facts, 0)
    // Never given up: until the carrier has answered, sending again could send twice.
    case 'no_answer':
      return { state: 'unknown', nextAttemptAtMs: facts.nowMs + pauseMs(facts), errorCode: lookup.code }
  }
}

function again(errorCode: string, { nowMs, attempts }: AttemptFacts, waitMs: number): Step {
  if (attempts >= MAX_ATTEMPTS) return dead(errorCode)
  return { state: 'waiting', nextAttemptAtMs: nowMs + waitMs, errorCode }
}

function dead(errorCode: string): Step {
  const number = /^\d{1,9}$/.test(errorCode) ? { errorCode: Number(errorCode) } : {}
  return { state: 'dead', errorCode, message: { status: 'failed', ...number } }
}

/** Twice as long each time, and anywhere between half of it and all of it, so that not everybody comes back at once. */
function pauseMs({ attempts, random }: AttemptFacts): number {
  const whole = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1))
  return Math.round(whole / 2 + (whole / 2) * random)
}
