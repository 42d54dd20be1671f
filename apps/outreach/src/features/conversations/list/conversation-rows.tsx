'use client'

import type { Conversation } from '@sax/api-contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { type InboxFilters, inboxPath } from './inbox-filters.ts'

/** Expected heights in px, corrected by measuring: a row with a line of marks and one without. */
const MARKED_HEIGHT = 87
const PLAIN_HEIGHT = 63

export interface ConversationRowsProps {
  readonly rows: readonly Conversation[]
  readonly total: number
  readonly filters: InboxFilters
  readonly currentId: string | undefined
  readonly nowMs: number
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Called when the end of the list comes near. */
  readonly onNearEnd: () => void
}

/** The list. Only the rows on the screen are in the page. */
export function ConversationRows(props: ConversationRowsProps) {
  const { rows, total, filters, currentId, nowMs, scroller, onNearEnd } = props
  const { saxId } = useViewer()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  })
  const visible = virtualizer.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 20) onNearEnd()
  }, [last, rows.length, onNearEnd])
  return (
    <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {visible.map((item) => {
        const row = rows[item.index]
        return row === undefined ? null : (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-setsize={total}
            aria-posinset={item.index + 1}
            className="absolute inset-x-0 top-0 border-b"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <ConversationRow
              conversation={row}
              href={inboxPath(filters, row.id)}
              current={row.id === currentId}
              nowMs={nowMs}
              saxId={saxId}
            />
          </li>
        )
      })}
    </ul>
  )
}

function heightOf(row: Conversation | undefined): number {
  const plain = row?.waitingSince === null && row.consent === 'subscribed' && row.coordinatorName === null
  return plain ? PLAIN_HEIGHT : MARKED_HEIGHT
}
