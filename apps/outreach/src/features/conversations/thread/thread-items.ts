import type { Message, Note } from '@sax/api-contract'
import type { Outgoing } from '../sending/outgoing-store.ts'
import { dayNumber } from '../short-time.ts'

export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'note'; readonly key: string; readonly note: Note }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: Outgoing }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      /** Of the same writer, shortly after the one before: nothing needs to be said again. */
      readonly continued: boolean
    }

/** Messages closer together than this belong to one another. */
const TOGETHER_MS = 5 * 60_000

export interface ThreadParts {
  /** In order. */
  readonly messages: readonly Message[]
  readonly notes: readonly Note[]
  readonly outgoing: readonly Outgoing[]
  /** Whether there are older messages that are not here. */
  readonly hasMore: boolean
  /** `seq` of the first message that was unread when the conversation was opened. */
  readonly unreadFromSeq: number | undefined
  /** Default: the browser's. */
  readonly timeZone?: string | undefined
}

/**
 * What stands in a thread, from top to bottom. A message on its way stands there until the server's own copy of it
 * does, which carries the same client id: never both.
 */
export function threadItems(parts: ThreadParts): readonly ThreadItem[] {
  const { messages, notes, outgoing, hasMore, unreadFromSeq, timeZone } = parts
  const items: ThreadItem[] = []
  const oldestMs = messages[0] === undefined ? Number.NEGATIVE_INFINITY : Date.parse(messages[0].createdAt)
  // Notes of the time before the oldest message come with the messages of their time.
  const waiting = notes.filter(({ createdAt }) => !hasMore || Date.parse(createdAt) >= oldestMs)
  let day: number | undefined
  let before: Message | undefined

  const startDay = (atMs: number) => {
    const next = dayNumber(atMs, timeZone)
    if (next === day) return
    day = next
    before = undefined
    items.push({ kind: 'day', key: `day ${next} ${items.length === 0 ? 'first' : ''}`, atMs })
  }
  const notesUntil = (atMs: number) => {
    for (let note = waiting[0]; note !== undefined && Date.parse(note.createdAt) <= atMs; note = waiting[0]) {
      waiting.shift()
      startDay(Date.parse(note.createdAt))
      before = undefined
      items.push({ kind: 'note', key: note.id, note })
    }
  }

  for (const message of messages) {
    const atMs = Date.parse(message.createdAt)
    notesUntil(atMs)
    startDay(atMs)
    if (message.seq === unreadFromSeq) {
      items.push({ kind: 'unread', key: 'unread' })
      before = undefined
    }
    // The bubble that stood in for a message becomes the message: the key stays, and nothing is drawn anew.
    const key = message.clientId ?? message.id
    items.push({ kind: 'message', key, message, continued: continues(before, message) })
    before = message
  }
  notesUntil(Number.POSITIVE_INFINITY)
  const arrived = new Set(messages.map(({ clientId }) => clientId))
  for (const one of outgoing) {
    if (arrived.has(one.clientId)) continue
    startDay(one.writtenAtMs)
    items.push({ kind: 'outgoing', key: one.clientId, outgoing: one })
  }
  return items
}

/** `seq` of the first of the newest `unreadCount` inbound messages; undefined: none. */
export function firstUnreadSeq(messages: readonly Message[], unreadCount: number): number | undefined {
  if (unreadCount <= 0) return undefined
  const inbound = messages.filter(({ direction }) => direction === 'inbound')
  return inbound.at(-Math.min(unreadCount, inbound.length))?.seq
}

function continues(before: Message | undefined, message: Message): boolean {
  if (before === undefined || before.direction !== message.direction) return false
  if (before.authorSaxId !== message.authorSaxId) return false
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS
}
