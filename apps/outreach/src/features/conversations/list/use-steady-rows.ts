import type { Conversation } from '@sax/api-contract'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'
import { inOrder, isShownBy, type ListQuestion } from '../data/list-question.ts'
import { newerOf } from '../data/merge-list.ts'
import { countUpdates } from './count-updates.ts'
import { nothingShown, steadyAfter } from './steady-rows.ts'

export interface SteadyRowsProps {
  readonly question: ListQuestion
  /** Undefined while they are another question's, or none. Another array only when something changed. */
  readonly fresh: readonly Conversation[] | undefined
  readonly asking: boolean
  readonly free: boolean
}

/** Rows that stay where they are while somebody is in the list, and how many updates wait for being shown. */
export function useSteadyRows({ question, fresh, asking, free }: SteadyRowsProps) {
  const { states, clock } = useInboxNews()
  const { saxId } = useViewer()
  const heard = useSyncExternalStore(states.subscribe, states.newest, states.newest)
  const [shown, setShown] = useState(nothingShown)
  const next = steadyAfter(shown, {
    question,
    fresh,
    asking,
    free,
    order: inOrder(question.sort),
    isMine: states.isMine,
    newest: (row) => newerOf(row, heard.get(row.id) ?? row),
  })
  if (next !== shown) setShown(next)
  const { rows } = next
  const updates = useMemo(() => {
    if (fresh === undefined) return 0
    const nowMs = clock.nowMs()
    // That one was read, often by oneself, is no news: it goes with the next update.
    const filter = question.filter === 'unread' ? 'all' : question.filter
    return countUpdates(rows, fresh, (row) => isShownBy(filter, row, { saxId, nowMs }))
  }, [rows, fresh, question.filter, saxId, clock])
  return {
    rows,
    shownQuestion: next.question,
    updates,
    bringUpToDate: () => fresh && setShown({ question, asking: false, rows: fresh }),
  }
}
