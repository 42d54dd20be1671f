import type { Conversation, ErrorCode } from '@sax/api-contract'
import type { AuditedAction } from '../store/audit.ts'

/** Statuses a refusal may have. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 503

/** Whom the details of a refusal show, and what that was in the words of the audit log. */
export interface Shown {
  readonly action: AuditedAction
  readonly conversation: Pick<Conversation, 'id' | 'patients'>
}

/**
 * A request that is answered with an error. `message` is written for a person and quotes no data. Details that show
 * something of a patient say so in `shown`: the transaction that refuses is undone, and with it what it has recorded.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: RefusalStatus
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly shown: Shown | undefined
  constructor(
    status: RefusalStatus,
    code: ErrorCode,
    message: string,
    details?: Readonly<Record<string, unknown>>,
    shown?: Shown,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.shown = shown
  }
}

/** A field of the request cannot be accepted as it is. */
export function invalid(fields: Readonly<Record<string, string>>): Refusal {
  return new Refusal(400, 'VALIDATION_ERROR', 'Some of what was sent cannot be accepted.', { fields })
}

/** `what` is the kind of thing that was asked for, never its name. */
export function notFound(what: 'patient' | 'template' | 'conversation' | 'message' | 'picture' | 'practice'): Refusal {
  return new Refusal(404, 'NOT_FOUND', `There is no such ${what}, or it is not yours to see.`)
}

export function forbidden(message: string): Refusal {
  return new Refusal(403, 'FORBIDDEN', message)
}

export function noMoreNotes(): Refusal {
  return new Refusal(422, 'VALIDATION_ERROR', 'There is no room for another note in this conversation.')
}
