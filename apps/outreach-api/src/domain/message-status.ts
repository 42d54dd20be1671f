/** How far a message has come. */
export type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'undelivered'

/** What is known of a message's way. `errorCode` is the carrier's, and only there for what went wrong. */
export interface Progress {
  readonly status: MessageStatus
  readonly errorCode?: number | undefined
}

/**
 * A total order, so that reports may come in any order and as often as they like. A receipt of the handset counts for
 * more than a report that something went wrong.
 */
const RANK: Readonly<Record<MessageStatus, number>> = {
  queued: 0,
  sending: 1,
  sent: 2,
  undelivered: 3,
  failed: 4,
  delivered: 5,
  read: 6,
}

/**
 * The carrier's words for an outgoing message. `accepted` and `scheduled` come before its own `queued`.
 * @source Twilio documentation, "Messages resource" (status values)
 */
const CARRIER_WORDS: ReadonlyMap<string, MessageStatus> = new Map([
  ['accepted', 'queued'],
  ['scheduled', 'queued'],
  ['queued', 'queued'],
  ['sending', 'sending'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['partially_delivered', 'delivered'],
  ['read', 'read'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])

/** Our word for the carrier's, or undefined for one that says nothing about an outgoing message. */
export function statusOfCarrier(word: string): MessageStatus | undefined {
  return CARRIER_WORDS.get(word)
}

/** The further of two. Commutative, associative and idempotent: the end does not depend on the order of reports. */
export function further(one: Progress, other: Progress): Progress {
  const ahead = RANK[other.status] - RANK[one.status]
  if (ahead > 0) return other
  if (ahead < 0) return one
  return (other.errorCode ?? 0) > (one.errorCode ?? 0) ? other : one
}
