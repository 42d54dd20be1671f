import type { Conversation } from '@sax/api-contract'
import { newerOf } from './merge-list.ts'

/** What a person did to a conversation may move its row for so long: its news comes with the next question or two. */
const MINE_MS = 10_000
/** Most conversations remembered at once. A day's news of one practice is less. */
const REMEMBERED = 1000

export interface ConversationStates {
  /** Takes note of states as they come, in any order. */
  note(conversations: readonly Conversation[]): void
  /** The person who looks did something to these conversations, just now. */
  did(ids: Iterable<string>): void
  /** Whether the person did something to it in the last ten seconds. */
  isMine(id: string): boolean
  /** The newest states heard of, by id. Another map after each news. */
  newest(): ReadonlyMap<string, Conversation>
  /** Answers how to stop listening. */
  subscribe(listener: () => void): () => void
}

/** What was heard of conversations, also of those that no list holds: a row that stays on the screen stays true. */
export function createConversationStates(nowMs: () => number): ConversationStates {
  const listeners = new Set<() => void>()
  const mineUntilMs = new Map<string, number>()
  let states: ReadonlyMap<string, Conversation> = new Map()
  return {
    note(conversations) {
      if (conversations.length === 0) return
      const next = new Map(states)
      for (const incoming of conversations) {
        const known = next.get(incoming.id)
        // Behind the others, for those that were not heard of for longest are forgotten first.
        next.delete(incoming.id)
        next.set(incoming.id, known === undefined ? incoming : newerOf(known, incoming))
      }
      states = new Map([...next].slice(-REMEMBERED))
      for (const listener of listeners) listener()
    },
    did(ids) {
      for (const id of ids) mineUntilMs.set(id, nowMs() + MINE_MS)
    },
    isMine: (id) => (mineUntilMs.get(id) ?? 0) > nowMs(),
    newest: () => states,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
