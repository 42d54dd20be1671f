import type { Message, Note } from '@sax/api-contract'
import { statusWords } from './status-words.ts'

/** What is told of a thread to who does not see it. */
export interface Told {
  /** In order. */
  readonly messages: readonly Message[]
  readonly notes: readonly Note[]
}

export interface Listener {
  /** Who listens: of what one does oneself nothing is said. */
  readonly saxId: number
  readonly patientName: string
  readonly nowMs: number
}

/** Who comes back to a thread is not read out all that was written meanwhile. */
const MOST_READ_OUT = 3

/**
 * What to say after a thread became another one, a sentence each: messages and notes that arrived at its end, and
 * messages that were not delivered. Older messages that were loaded above say nothing, however many they are.
 */
export function arrivals(before: Told, now: Told, { saxId, patientName, nowMs }: Listener): readonly string[] {
  const newestSeq = before.messages.at(-1)?.seq ?? 0
  const statuses = new Map(before.messages.map((message) => [message.id, message]))
  const noted = new Set(before.notes.map(({ id }) => id))

  const arrived = now.messages
    .filter(({ seq, direction, authorSaxId }) => seq > newestSeq && (direction === 'inbound' || authorSaxId !== saxId))
    .map((message) => {
      const writer = message.direction === 'inbound' ? patientName : (message.authorName ?? 'Automatic message')
      return `New message from ${writer}: ${message.body === '' ? 'Picture' : message.body}`
    })
  const failed = now.messages.flatMap((message) => {
    const known = statuses.get(message.id)
    if (known === undefined || statusWords(known, nowMs).failed) return []
    const { failed: isFailed, reason, next } = statusWords(message, nowMs)
    return isFailed ? [`Not delivered: ${[reason, next].filter(Boolean).join(' ')}`] : []
  })
  const notes = now.notes
    .filter(({ id, authorSaxId }) => !noted.has(id) && authorSaxId !== saxId)
    .map(({ authorName, body }) => `New note from ${authorName ?? 'a colleague'}: ${body}`)
  const messages = arrived.length > MOST_READ_OUT ? [`${arrived.length} new messages`] : arrived
  return [...messages, ...failed, ...notes]
}
