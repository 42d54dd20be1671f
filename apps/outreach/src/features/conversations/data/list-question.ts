import type { Conversation, ConversationFilter } from '@sax/api-contract'
import type { EndpointTypes } from '@sax/api-contract/client'
import { responseState } from '../response-state.ts'

/** What the list was asked for. */
export interface ListQuestion {
  readonly filter: ConversationFilter
  readonly sort: 'newest' | 'waiting'
  /** As typed, trimmed; empty: no search. */
  readonly search: string
  /** One practice alone; undefined: all within reach. */
  readonly practiceId?: string | undefined
}

/** Rows asked for at once. */
const PAGE_SIZE = 100

/** In the order they are offered. */
export const filters = [
  'all',
  'unread',
  'at_risk',
  'mine',
  'unassigned',
  'not_sent',
  'unknown',
  'archived',
] as const satisfies readonly ConversationFilter[]

/** The one call that fills the list. */
export function listQuery(
  { filter, sort, search, practiceId }: ListQuestion,
  cursor: string | null,
): EndpointTypes['listConversations']['query'] {
  return {
    filter,
    sort,
    limit: PAGE_SIZE,
    ...(search === '' ? {} : { search }),
    ...(practiceId === undefined ? {} : { practiceId }),
    ...(cursor === null ? {} : { cursor }),
  }
}

/** Whether a filter shows a conversation now, by the same rule as the server's. A search is the server's alone. */
export function isShownBy(
  filter: ConversationFilter,
  row: Conversation,
  { saxId, nowMs }: { readonly saxId: number; readonly nowMs: number },
): boolean {
  if (filter === 'archived') return row.status === 'archived'
  if (row.status === 'archived') return false
  switch (filter) {
    case 'all':
      return true
    case 'unread':
      return row.unreadCount > 0
    case 'at_risk':
      return responseState(row, nowMs) !== 'ok'
    case 'mine':
      return row.coordinatorSaxId === saxId
    case 'unassigned':
      return row.coordinatorSaxId === null
    case 'not_sent':
      return row.unsent
    case 'unknown':
      return row.patients.length === 0
  }
}

/** Sorts rows as the server does. */
export function inOrder(sort: ListQuestion['sort']): (one: Conversation, other: Conversation) => number {
  const newest = (one: Conversation, other: Conversation) =>
    momentMs(other.lastMessageAt ?? other.createdAt) - momentMs(one.lastMessageAt ?? one.createdAt)
  if (sort === 'newest') return newest
  return (one, other) => {
    if (one.waitingSince === null || other.waitingSince === null) {
      if (one.waitingSince === other.waitingSince) return newest(one, other)
      return one.waitingSince === null ? 1 : -1
    }
    return momentMs(one.waitingSince) - momentMs(other.waitingSince)
  }
}

function momentMs(iso: string): number {
  return Date.parse(iso)
}
