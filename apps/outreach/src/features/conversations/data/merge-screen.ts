import type { Conversation, ConversationScreen, Message, MessageStatus, Note, Presence } from '@sax/api-contract'
import { newerOf } from './merge-list.ts'

/** The server's own order of what the carrier reports. A receipt of the handset counts for more than that something went wrong. */
const ranks: Readonly<Record<MessageStatus, number>> = {
  queued: 0,
  sending: 1,
  sent: 2,
  undelivered: 3,
  failed: 4,
  delivered: 5,
  read: 6,
}

export interface ScreenNews {
  readonly conversations?: readonly Conversation[] | undefined
  readonly messages?: readonly Message[] | undefined
  readonly notes?: readonly Note[] | undefined
  readonly presence?: readonly Presence[] | undefined
}

/** One conversation's screen after news, which may come twice and in any order. The same object when nothing concerns it. */
export function mergeScreen(screen: ConversationScreen, news: ScreenNews): ConversationScreen {
  const { id } = screen.conversation
  const conversation = (news.conversations ?? [])
    .filter((candidate) => candidate.id === id)
    .reduce(newerOf, screen.conversation)
  const messages = mergeMessages(
    screen,
    (news.messages ?? []).filter(({ conversationId }) => conversationId === id),
  )
  const notes = mergeNotes(
    screen.notes,
    (news.notes ?? []).filter(({ conversationId }) => conversationId === id),
  )
  const presence = mergePresence(
    screen.presence,
    (news.presence ?? []).filter(({ conversationId }) => conversationId === id),
  )
  const same =
    conversation === screen.conversation &&
    messages === screen.messages &&
    notes === screen.notes &&
    presence === screen.presence
  return same ? screen : { ...screen, conversation, messages, notes, presence }
}

/** A screen that was loaded anew keeps the older messages that had been scrolled to, so that nothing jumps. */
export function refreshedScreen(before: ConversationScreen | undefined, fresh: ConversationScreen): ConversationScreen {
  const oldest = fresh.messages[0]
  const last = before?.messages.at(-1)
  if (before === undefined || oldest === undefined || last === undefined) return fresh
  // A gap between the two would look like a conversation that never was.
  if (last.seq + 1 < oldest.seq) return fresh
  const older = before.messages.filter(({ seq }) => seq < oldest.seq)
  // What the feed brought while the answer was on its way is newer than the answer.
  const newer = before.messages.filter(({ seq }) => seq >= oldest.seq)
  const hasMore = older.length > 0 ? before.hasMore : fresh.hasMore
  const whole = { ...fresh, messages: [...older, ...fresh.messages], hasMore }
  return mergeScreen(whole, { conversations: [before.conversation], messages: newer })
}

/** A screen with older messages above those it had. */
export function withOlder(
  screen: ConversationScreen,
  older: { readonly data: readonly Message[]; readonly hasMore: boolean },
): ConversationScreen {
  const had = new Set(screen.messages.map(({ id }) => id))
  const messages = [...older.data.filter(({ id }) => !had.has(id)), ...screen.messages]
  return { ...screen, messages: messages.toSorted(bySeq), hasMore: older.hasMore }
}

function mergeMessages(screen: ConversationScreen, news: readonly Message[]): Message[] {
  const oldestSeq = screen.messages[0]?.seq ?? 0
  const byId = new Map(screen.messages.map((message) => [message.id, message]))
  let changed = false
  for (const incoming of news) {
    const known = byId.get(incoming.id)
    // Above what is loaded: it comes with its neighbours when one scrolls there.
    if (known === undefined && screen.hasMore && incoming.seq < oldestSeq) continue
    if (known !== undefined && !isNews(known, incoming)) continue
    byId.set(incoming.id, incoming)
    changed = true
  }
  return changed ? [...byId.values()].toSorted(bySeq) : screen.messages
}

/**
 * Whether `incoming` is not an older state of `known`. What the carrier has is never given up afterwards; of what was
 * given up a person's retry begins anew, and by the time it is told it may have come any way.
 */
function isNews(known: Message, incoming: Message): boolean {
  if (JSON.stringify(known) === JSON.stringify(incoming)) return false
  if (isTaken(known) !== isTaken(incoming)) return isTaken(incoming)
  if (known.canRetry && incoming.status === 'queued') return true
  return ranks[incoming.status] >= ranks[known.status]
}

/** Whether the carrier has it for certain. */
function isTaken({ status, canRetry }: Message): boolean {
  return status !== 'queued' && !canRetry
}

function mergeNotes(notes: Note[], news: readonly Note[]): Note[] {
  const had = new Set(notes.map(({ id }) => id))
  const added = news.filter(({ id }) => !had.has(id))
  if (added.length === 0) return notes
  const unique = new Map(added.map((note) => [note.id, note]))
  return [...notes, ...unique.values()].toSorted(
    (one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt),
  )
}

function mergePresence(presence: Presence[], news: readonly Presence[]): Presence[] {
  if (news.length === 0) return presence
  const byPerson = new Map(presence.map((one) => [one.saxId, one]))
  for (const one of news) byPerson.set(one.saxId, one)
  return [...byPerson.values()].filter(({ state }) => state !== 'gone')
}

function bySeq(one: Message, other: Message): number {
  return one.seq - other.seq
}
