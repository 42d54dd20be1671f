import type { Message } from '@sax/api-contract'
import { carrierErrorOf, carrierErrors, OPTED_OUT } from '@sax/api-contract/carrier-errors'

export interface StatusWords {
  readonly label: string
  readonly failed: boolean
  /** Why it failed, for a person. */
  readonly reason?: string | undefined
  /** What to do about it. */
  readonly next?: string | undefined
}

type Stated = Pick<Message, 'status' | 'errorCode' | 'errorMessage' | 'canRetry' | 'scheduledFor' | 'cancelledAt'>

/** What became of an outbound message. Undefined `next`: nothing to do. */
export function statusWords(message: Stated, nowMs: number): StatusWords {
  const { status, errorCode, errorMessage, canRetry, scheduledFor, cancelledAt } = message
  // A backend of the release before does not know it.
  if ((cancelledAt ?? null) !== null) return { label: 'Called off, not sent', failed: false }
  switch (status) {
    case 'queued':
      return scheduledFor !== null && Date.parse(scheduledFor) > nowMs
        ? { label: 'Scheduled', failed: false }
        : { label: 'On its way', failed: false }
    case 'sending':
      return { label: 'On its way', failed: false }
    case 'sent':
      return { label: 'Sent', failed: false }
    case 'delivered':
      return { label: 'Delivered', failed: false }
    case 'read':
      return { label: 'Read', failed: false }
    case 'failed':
    case 'undelivered': {
      const failed = { label: 'Not delivered', failed: true }
      // A backend that is newer than the page may know more of a number, and says what to do next in the same words.
      const isKnown = errorCode !== null && errorCode in carrierErrors
      if (!isKnown && errorMessage !== null) return { ...failed, reason: errorMessage }
      return { ...failed, ...carrierErrorOf(errorCode, { canRetry }) }
    }
  }
}

/**
 * Whether the words of a message can become those of a new one: the carrier had it and did not deliver it, so that the
 * same one is never sent again. What it never had is sent again as it is.
 */
export function mayBeWrittenAgain(message: Stated & Pick<Message, 'body'>): boolean {
  const { status, canRetry, errorCode, body } = message
  const failed = status === 'failed' || status === 'undelivered'
  // Who said stop would be told the same again.
  return failed && !canRetry && errorCode !== OPTED_OUT && body !== ''
}
