import type { Message } from '@sax/api-contract'

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
      const known = errorCode === null ? undefined : errors[errorCode]
      return {
        label: 'Not delivered',
        failed: true,
        reason: known?.reason ?? errorMessage ?? 'The carrier gave no reason.',
        next: known?.next ?? (canRetry ? 'Send it again.' : 'Try again later, or call the patient.'),
      }
    }
  }
}

/** The carrier's number for a recipient who said stop: they would be told the same again. */
const OPTED_OUT = 21610

/**
 * Whether the words of a message can become those of a new one: the carrier had it and did not deliver it, so that the
 * same one is never sent again. What it never had is sent again as it is.
 */
export function mayBeWrittenAgain(message: Stated & Pick<Message, 'body'>): boolean {
  const { status, canRetry, errorCode, body } = message
  const failed = status === 'failed' || status === 'undelivered'
  return failed && !canRetry && errorCode !== OPTED_OUT && body !== ''
}

/** @source Twilio docs, "Error and Warning Dictionary" */
const errors: Readonly<Record<number, { readonly reason: string; readonly next: string }>> = {
  11200: { reason: 'The carrier could not fetch the picture.', next: 'Send it again, or tell an administrator.' },
  12300: { reason: 'The carrier does not take this kind of picture.', next: 'Send a JPEG, PNG or GIF.' },
  21211: { reason: 'This is not a telephone number.', next: 'Correct the number in the patient’s record.' },
  21408: { reason: 'Messages to this country are switched off.', next: 'Call the patient, or ask an administrator.' },
  21610: {
    reason: 'The patient has said STOP.',
    next: 'Call instead. The patient can text START to hear from you again.',
  },
  21612: { reason: 'Your number cannot send to this one.', next: 'Call the patient, or ask an administrator.' },
  21614: { reason: 'This number cannot receive text messages.', next: 'Ask the patient for a mobile number.' },
  30001: { reason: 'Too many messages were waiting.', next: 'Send it again in a few minutes.' },
  30002: { reason: 'The account with the carrier is suspended.', next: 'Tell an administrator.' },
  30003: { reason: 'The phone is off or out of reach.', next: 'Try again later, or call.' },
  30004: { reason: 'The phone or its network blocks your messages.', next: 'Call the patient.' },
  30005: { reason: 'The number is not in use.', next: 'Check the number with the patient.' },
  30006: { reason: 'This is a landline, or its network takes no messages.', next: 'Call, or ask for a mobile number.' },
  30007: { reason: 'The network took the message for spam.', next: 'Write it in other words, without links.' },
  30008: { reason: 'The network gave no reason.', next: 'Try again later, or call.' },
  30019: { reason: 'The picture is too large for the patient’s network.', next: 'Send a smaller one.' },
  30034: { reason: 'Your number is not registered with the networks yet.', next: 'Tell an administrator.' },
}
