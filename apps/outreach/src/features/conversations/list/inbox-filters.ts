import type { ConversationFilter } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import { filters, type ListQuestion } from '../data/list-question.ts'

/** What the list shows. Lives in the address, so that a reload and the back button keep it; search text does not. */
export type InboxFilters = Pick<ListQuestion, 'filter' | 'sort' | 'practiceId'>

/** Words for each filter. */
export const filterLabels: Readonly<Record<ConversationFilter, string>> = {
  all: 'All',
  unread: 'Unread',
  at_risk: 'At risk',
  mine: 'Mine',
  unassigned: 'Unassigned',
  not_sent: 'Not delivered',
  unknown: 'Unknown numbers',
  archived: 'Archived',
}

/** Always at hand; the others are in a menu. */
export const inSight = ['all', 'unread', 'at_risk', 'mine'] as const satisfies readonly ConversationFilter[]
export const inMenu = ['unassigned', 'not_sent', 'unknown', 'archived'] as const satisfies readonly ConversationFilter[]

/** Reads the filters out of an address. Unknown values count as not given. */
export function parseInboxFilters(params: Pick<URLSearchParams, 'get'>): InboxFilters {
  const practiceId = params.get('practice')?.toLowerCase()
  return {
    ...(isUuid(practiceId) ? { practiceId } : {}),
    filter: filters.find((filter) => filter === params.get('filter')) ?? 'all',
    sort: params.get('sort') === 'waiting' ? 'waiting' : 'newest',
  }
}

/** The address of the list, or of one conversation beside it, with these filters. */
export function inboxPath({ filter, sort, practiceId }: InboxFilters, id?: string): string {
  const params = new URLSearchParams()
  if (filter !== 'all') params.set('filter', filter)
  if (sort !== 'newest') params.set('sort', sort)
  if (practiceId !== undefined) params.set('practice', practiceId)
  const path = id === undefined ? outreachPath('conversations') : outreachPath('conversations', id)
  return params.size === 0 ? path : `${path}?${params}`
}
