import type { Conversation } from '@sax/api-contract'
import type { EndpointTypes } from '@sax/api-contract/client'
import type { InfiniteData } from '@tanstack/react-query'
import { filters, inOrder, isShownBy, type ListQuestion } from './list-question.ts'

type Page = EndpointTypes['listConversations']['answer']
/** The list as it is cached: pages that follow one another by cursor. */
export type ListPages = InfiniteData<Page>

export interface MergeContext {
  readonly question: ListQuestion
  /** Who looks. */
  readonly saxId: number
  readonly nowMs: number
}

export interface MergedList {
  readonly pages: ListPages
  /** Rows or counts can no longer be told from what is at hand: ask the server before long. */
  readonly uncertain: boolean
}

/** The rows of all pages, each conversation once, where it stands first. */
export function rowsOf(list: ListPages): readonly Conversation[] {
  const seen = new Set<string>()
  return list.pages
    .flatMap(({ data }) => data)
    .filter(({ id }) => {
      if (seen.has(id)) return false
      seen.add(id)
      return true
    })
}

/** The newer of two states of one conversation, by the server's clock. */
export function newerOf(one: Conversation, other: Conversation): Conversation {
  return Date.parse(other.asOf) >= Date.parse(one.asOf) ? other : one
}

/**
 * A cached list after news of conversations: each in its new place, out of the list when the filter shows it no more,
 * counts moved with it. News may come twice and in any order.
 */
export function mergeList(list: ListPages, news: readonly Conversation[], context: MergeContext): MergedList {
  const first = list.pages[0]
  if (first === undefined || news.length === 0) return { pages: list, uncertain: false }
  const { question } = context
  const rows = new Map(rowsOf(list).map((row) => [row.id, row]))
  const counts = { ...first.counts }
  const hasMore = list.pages.at(-1)?.pagination.hasMore ?? false
  const shown = (filter: ListQuestion['filter'], row: Conversation) => isShownBy(filter, row, context)
  let uncertain = false
  let changed = false

  for (const incoming of news) {
    // Neither shown nor counted here: a conversation stays in its practice.
    if (question.practiceId !== undefined && incoming.practiceId !== question.practiceId) continue
    const known = rows.get(incoming.id)
    const row = known === undefined ? incoming : newerOf(known, incoming)
    if (row === known) continue
    if (known === undefined) {
      // What it counted as before nobody here knows; nor whether a search finds it.
      uncertain = true
      if (question.search !== '' || !shown(question.filter, row)) continue
      if (!hasMore) for (const filter of countedBy(question)) counts[filter] += Number(shown(filter, row))
    } else {
      for (const filter of filters) counts[filter] += Number(shown(filter, row)) - Number(shown(filter, known))
    }
    changed = true
    if (shown(question.filter, row)) rows.set(row.id, row)
    else rows.delete(row.id)
  }
  if (!changed) return { pages: list, uncertain }

  const ordered = [...rows.values()].toSorted(inOrder(question.sort))
  // A row that came to stand last may belong below rows that were never loaded.
  const last = ordered.at(-1)
  if (hasMore && last !== undefined && news.some(({ id }) => id === last.id)) ordered.pop()
  return { pages: { ...list, pages: inPages(list.pages, ordered, counts, question.filter) }, uncertain }
}

/**
 * A page as the server answered it, and what was heard meanwhile of the conversations on it: news that was asked for
 * later can be here sooner, and is not told again.
 */
export function overtakenPage(page: Page, heard: ReadonlyMap<string, Conversation>, context: MergeContext): Page {
  const newer = page.data.flatMap((row) => {
    const other = heard.get(row.id)
    return other !== undefined && Date.parse(other.asOf) > Date.parse(row.asOf) ? [other] : []
  })
  return mergeList({ pages: [page], pageParams: [] }, newer, context).pages.pages[0] ?? page
}

/**
 * The filters that a list tells of when it is whole: whoever is shown in it now and was not had been counted by none of
 * them. Nobody whom "all" shows is archived.
 */
function countedBy({ filter }: ListQuestion): readonly ListQuestion['filter'][] {
  return filter === 'all' ? filters : [filter]
}

/** Rows dealt out over the pages there are; what came in addition lengthens the last one. */
function inPages(
  pages: readonly Page[],
  rows: readonly Conversation[],
  counts: Page['counts'],
  filter: ListQuestion['filter'],
): Page[] {
  let from = 0
  return pages.map((page, index) => {
    const to = index === pages.length - 1 ? rows.length : from + page.data.length
    const data = rows.slice(from, to)
    from = to
    return { ...page, data, counts, pagination: { ...page.pagination, total: counts[filter] } }
  })
}
