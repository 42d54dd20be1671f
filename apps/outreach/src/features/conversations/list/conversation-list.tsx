'use client'

import { Button } from '@sax/ui/button'
import { ErrorState } from '@sax/ui/error-state'
import { LiveRegion } from '@sax/ui/live-region'
import { SearchField } from '@sax/ui/search-field'
import { SquarePen } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { StaleNotice } from '../../shell/stale-notice.tsx'
import { useQueryView } from '../../shell/steady-query.ts'
import { useConversationList } from '../data/conversation-queries.ts'
import { rowsOf } from '../data/merge-list.ts'
import { useNow } from '../data/use-now.ts'
import { ConversationRows } from './conversation-rows.tsx'
import { countsNow } from './counts-now.ts'
import { FilterBar, OrderButton } from './filter-bar.tsx'
import type { InboxFilters } from './inbox-filters.ts'
import { EmptyList, ListSkeleton } from './list-states.tsx'
import { useCountOnTab } from './use-count-on-tab.ts'

export interface ConversationListProps {
  readonly filters: InboxFilters
  readonly onFilters: (filters: InboxFilters) => void
  readonly currentId: string | undefined
  readonly onNew: () => void
}

/** The conversations within reach: filtered, searched, and kept up to date by themselves. */
export function ConversationList({ filters, onFilters, currentId, onNew }: ConversationListProps) {
  const [search, setSearch] = useState('')
  const { filter, sort } = filters
  const trimmed = search.trim()
  const question = useMemo(() => ({ filter, sort, search: trimmed }), [filter, sort, trimmed])
  const list = useConversationList(question)
  const view = useQueryView(list)
  const scroller = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const data = view.kind === 'full' ? view.data : undefined
  const rows = useMemo(() => (data === undefined ? [] : rowsOf(data)), [data])
  const nowMs = useNow(rows)
  const answered = data?.pages[0]
  const counts = answered === undefined ? undefined : countsNow(answered.counts, rows, nowMs)
  // A search counts what it finds; the tab tells of everything.
  const [unread, setUnread] = useState(0)
  if (counts !== undefined && trimmed === '' && !list.isPlaceholderData && counts.unread !== unread)
    setUnread(counts.unread)
  useCountOnTab(unread)

  return (
    <>
      <div className="flex flex-col gap-2 border-b px-3 pt-3 pb-2">
        <div className="flex h-9 items-center justify-between gap-2">
          <h2 className="font-semibold text-lg tracking-tight">Conversations</h2>
          <Button variant="primary" size="sm" onClick={onNew}>
            <SquarePen aria-hidden />
            New
          </Button>
        </div>
        <div className="flex gap-2">
          <SearchField
            className="min-w-0 flex-1"
            label="Search conversations"
            placeholder="Name, number or words"
            value={search}
            onChange={setSearch}
            shortcut="/"
            busy={list.isPlaceholderData}
          />
          <OrderButton filters={filters} onFilters={onFilters} />
        </div>
        <FilterBar filters={filters} counts={counts} onFilters={onFilters} />
      </div>
      <LiveRegion>
        {unread === 0 ? '' : `${unread} unread ${unread === 1 ? 'conversation' : 'conversations'}`}
      </LiveRegion>
      {/* A list that scrolls must be reachable by keyboard even while nothing in it is. What is there for screen readers
          alone has its place within it: else the whole page would be as tall as the list, and scroll. */}
      <div ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {view.kind === 'full' && view.problem !== undefined ? (
          <div className="p-3 pb-0">
            <StaleNotice problem={view.problem} />
          </div>
        ) : null}
        {view.kind === 'loading' ? <ListSkeleton /> : null}
        {view.kind === 'problem' ? (
          <ErrorState
            compact
            title={view.problem.title}
            description={view.problem.description}
            requestId={view.problem.requestId}
            onRetry={view.retry}
            retrying={view.retrying}
          />
        ) : null}
        {view.kind === 'full' && rows.length === 0 ? (
          <EmptyList filter={filter} search={trimmed} onClear={() => setSearch('')} onNew={onNew} />
        ) : null}
        {answered?.searchCut === true && trimmed !== '' ? (
          <p role="note" className="border-b px-3 py-2 text-muted-foreground text-xs">
            Very many messages have these words. You see the newest conversations, and all that are unread or waiting.
          </p>
        ) : null}
        {view.kind === 'full' && rows.length > 0 ? (
          <ConversationRows
            rows={rows}
            total={answered?.pagination.total ?? rows.length}
            filters={filters}
            currentId={currentId}
            nowMs={nowMs}
            scroller={scroller}
            onNearEnd={loadMore}
          />
        ) : null}
      </div>
    </>
  )
}
