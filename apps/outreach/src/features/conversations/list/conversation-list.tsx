import { Button } from '@sax/ui/button'
import { ErrorState } from '@sax/ui/error-state'
import { later, useLater } from '@sax/ui/later'
import { LiveRegion } from '@sax/ui/live-region'
import { SearchField } from '@sax/ui/search-field'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import { SquarePen } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useQueryView } from '../../shell/steady-query.ts'
import { useViewer } from '../../shell/viewer.tsx'
import type { ListQuestion } from '../data/list-question.ts'
import { rowsOf } from '../data/merge-list.ts'
import { useConversationList } from '../data/use-conversation-list.ts'
import { useNow } from '../data/use-now.ts'
import { useShortcuts } from '../keyboard/use-shortcuts.ts'
import { reachesAllPractices } from '../reach.ts'
import { ConversationRows } from './conversation-rows.tsx'
import { updatesWords } from './count-updates.ts'
import { countsNow } from './counts-now.ts'
import { FilterBar, OrderButton } from './filter-bar.tsx'
import { type InboxFilters, inboxPath } from './inbox-filters.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { UpdatesButton } from './updates-button.tsx'
import { useCountOnTab } from './use-count-on-tab.ts'
import { useNobodyThere } from './use-nobody-there.ts'
import { useSteadyRows } from './use-steady-rows.ts'

export interface ConversationListProps {
  readonly filters: InboxFilters
  readonly onFilters: (filters: InboxFilters) => void
  readonly currentId: string | undefined
  readonly onNew: () => void
}

/** Few reach more than one practice. */
const practiceButton = later(() => import('./practice-button.tsx'))
/** What is shown was loaded a moment ago. */
export const staleNotice = later(async () => (await import('../../shell/stale-notice.tsx')).StaleNotice)
/** Most lists have something in them. */
export const emptyList = later(() => import('./empty-list.tsx'))

/** Scrolled by less, the list is at its beginning, in px. */
const NEAR_TOP = 8
/** How long the first row is waited for. */
const MOST_FRAMES = 60

/**
 * The conversations within reach: filtered, searched, and kept up to date by themselves. Each row is as it is now; the
 * order is that of the moment at which one asked for it, so that nothing moves under whoever reads or is about to click.
 */
export function ConversationList({ filters, onFilters, currentId, onNew }: ConversationListProps) {
  const [search, setSearch] = useState('')
  const { filter, sort, practiceId } = filters
  const { roles } = useViewer()
  const choosesPractice = reachesAllPractices(roles)
  const practice = useLater(practiceButton, choosesPractice)
  const trimmed = search.trim()
  const question = useMemo(() => ({ filter, sort, search: trimmed, practiceId }), [filter, sort, trimmed, practiceId])
  const list = useConversationList(question)
  const view = useQueryView(list)
  const scroller = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const data = view.kind === 'full' ? view.data : undefined
  const fresh = useMemo(() => (data === undefined ? none : rowsOf(data)), [data])
  const [atTop, setAtTop] = useState(true)
  const nobodyThere = useNobodyThere(scroller)
  const { rows, shownQuestion, updates, bringUpToDate } = useSteadyRows({
    question,
    fresh: data === undefined || list.isPlaceholderData ? undefined : fresh,
    asking: list.isFetching,
    free: nobodyThere && atTop,
  })
  const backToTop = useBackToTop(scroller, shownQuestion)
  const showUpdates = ({ focus }: { readonly focus: boolean }) => {
    bringUpToDate()
    backToTop({ focus })
  }
  const [singleKeys] = useSingleKeys()
  useShortcuts({ updates: () => showUpdates({ focus: false }) })
  const changeFilters = (next: InboxFilters) => {
    // Asked for once more, the same list is asked to be in order.
    if (inboxPath(next) === inboxPath(filters)) showUpdates({ focus: false })
    onFilters(next)
  }
  const nowMs = useNow(rows)
  const answered = data?.pages[0]
  const counts = answered === undefined ? undefined : countsNow(answered.counts, fresh, nowMs)
  // As the rows on the screen were asked for: none changes its height before others take their place.
  const practiceShown = choosesPractice && (shownQuestion ?? question).practiceId === undefined
  const outOfReach = practiceId !== undefined && view.kind === 'problem' && view.problem.status === 404
  const stale = view.kind === 'full' ? view.problem : undefined
  const StaleNotice = useLater(staleNotice, stale !== undefined)
  const hasNone = view.kind === 'full' && rows.length === 0
  const empty = useLater(emptyList, hasNone || outOfReach)
  // A search counts what it finds; the tab tells of everything in the practices that were chosen.
  const [unread, setUnread] = useState(0)
  if (counts !== undefined && trimmed === '' && !list.isPlaceholderData && counts.unread !== unread)
    setUnread(counts.unread)
  useCountOnTab(unread)

  return (
    <>
      <div className="flex flex-col gap-2 border-b px-3 pt-3 pb-2">
        <div className="flex h-9 items-center justify-between gap-2">
          <h2 className="font-semibold text-lg tracking-tight">Conversations</h2>
          <UpdatesButton
            count={updates}
            shortcut={singleKeys ? '.' : undefined}
            onShow={() => showUpdates({ focus: true })}
          />
          <Button variant="primary" size="sm" onClick={onNew}>
            <SquarePen aria-hidden />
            New
          </Button>
        </div>
        {choosesPractice ? (
          <div className="-mx-1 -mt-1 flex h-8">
            {practice === undefined ? null : (
              <practice.PracticeButton
                filters={filters}
                practices={answered?.practices ?? none}
                onFilters={changeFilters}
              />
            )}
          </div>
        ) : null}
        <div className="flex gap-2">
          <SearchField
            className="min-w-0 flex-1"
            label="Search conversations"
            placeholder="Name, number or words"
            value={search}
            onChange={setSearch}
            shortcut={singleKeys ? '/' : undefined}
            busy={list.isPlaceholderData}
          />
          <OrderButton filters={filters} onFilters={changeFilters} />
        </div>
        <FilterBar filters={filters} counts={counts} onFilters={changeFilters} />
      </div>
      <LiveRegion>
        {[
          unread === 0 ? '' : `${unread} unread ${unread === 1 ? 'conversation' : 'conversations'}`,
          updates === 0 ? '' : `${updatesWords(updates)} to show in the list`,
        ]
          .filter(Boolean)
          .join(', ')}
      </LiveRegion>
      {/* A list that scrolls must be reachable by keyboard even while nothing in it is. What is there for screen readers
          alone has its place within it: else the whole page would be as tall as the list, and scroll. */}
      <div
        ref={scroller}
        onScroll={({ currentTarget }) => setAtTop(currentTarget.scrollTop < NEAR_TOP)}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        {stale !== undefined && StaleNotice !== undefined ? (
          <div className="p-3 pb-0">
            <StaleNotice problem={stale} />
          </div>
        ) : null}
        {view.kind === 'loading' ? <ListSkeleton practiceShown={practiceShown} /> : null}
        {outOfReach && empty !== undefined ? (
          <empty.PracticeOutOfReach onShowAll={() => onFilters({ ...filters, practiceId: undefined })} />
        ) : null}
        {view.kind === 'problem' && !outOfReach ? (
          <ErrorState
            compact
            title={view.problem.title}
            description={view.problem.description}
            requestId={view.problem.requestId}
            onRetry={view.retry}
            retrying={view.retrying}
          />
        ) : null}
        {hasNone && empty !== undefined ? (
          <empty.EmptyList filter={filter} search={trimmed} onClear={() => setSearch('')} onNew={onNew} />
        ) : null}
        {answered?.searchCut === true && trimmed !== '' ? (
          <p role="note" className="border-b px-3 py-2 text-muted-foreground text-xs">
            Very many messages have these words. You see the newest conversations, and all that are unread or waiting.
          </p>
        ) : null}
        {view.kind === 'full' && rows.length > 0 ? (
          <ConversationRows
            rows={rows}
            total={Math.max(answered?.pagination.total ?? 0, rows.length)}
            filters={filters}
            currentId={currentId}
            nowMs={nowMs}
            practiceShown={practiceShown}
            scroller={scroller}
            atTop={atTop}
            onNearEnd={loadMore}
          />
        ) : null}
      </div>
    </>
  )
}

const none: readonly never[] = []

/** Shows the beginning of the list when another question is answered, and when it is asked for. */
function useBackToTop(scroller: RefObject<HTMLElement | null>, shownQuestion: ListQuestion | undefined) {
  const [turn, setTurn] = useState({ focus: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question or another press is when to scroll, and neither says where to
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [scroller, shownQuestion, turn])
  useEffect(() => {
    if (!turn.focus) return
    // The button that was pressed is gone. One goes on with the first row, which a long list draws after it has scrolled,
    // and a list that has just become long some frames later.
    let frame = 0
    const focusFirst = (framesLeft: number) => {
      frame = requestAnimationFrame(() => {
        const first = scroller.current?.querySelector<HTMLElement>('[aria-posinset="1"] a')
        if (first != null) first.focus({ preventScroll: true })
        else if (framesLeft > 0) focusFirst(framesLeft - 1)
      })
    }
    focusFirst(MOST_FRAMES)
    return () => cancelAnimationFrame(frame)
  }, [scroller, turn])
  return setTurn
}
