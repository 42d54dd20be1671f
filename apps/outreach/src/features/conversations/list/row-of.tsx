import type { Conversation } from '@sax/api-contract'
import type { RefObject } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { type InboxFilters, inboxPath } from './inbox-filters.ts'

export interface ConversationRowsProps {
  readonly rows: readonly Conversation[]
  readonly total: number
  readonly filters: InboxFilters
  readonly currentId: string | undefined
  readonly nowMs: number
  /** Whether rows of several practices stand in the list. */
  readonly practiceShown: boolean
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Whether the list is scrolled to its beginning. */
  readonly atTop: boolean
  /** Called when the end of the list comes near. */
  readonly onNearEnd: () => void
}

/** One row of the list, wherever it is placed. */
export function RowOf({
  row,
  filters,
  currentId,
  nowMs,
  practiceShown,
}: Pick<ConversationRowsProps, 'filters' | 'currentId' | 'nowMs' | 'practiceShown'> & { readonly row: Conversation }) {
  const { saxId } = useViewer()
  return (
    <ConversationRow
      conversation={row}
      href={inboxPath(filters, row.id)}
      current={row.id === currentId}
      nowMs={nowMs}
      saxId={saxId}
      practiceShown={practiceShown}
    />
  )
}
