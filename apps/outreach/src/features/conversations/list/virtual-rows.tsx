'use client'

import type { Conversation } from '@sax/api-contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { RowOf, type RowsProps } from './row-of.tsx'

/** Expected heights in px, corrected by measuring: a row with a line of marks and one without. */
const MARKED_HEIGHT = 87
const PLAIN_HEIGHT = 63

/** A long list. Only the rows on the screen are in the page. */
export function VirtualRows({ focusedId, ...props }: RowsProps) {
  const list = useRef<HTMLUListElement>(null)
  const { rows, total, scroller, onNearEnd } = props
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
  const drawn = visible.length
  useEffect(() => {
    if (drawn === 0 || focusedId.current === undefined) return
    list.current
      ?.querySelector<HTMLElement>(`[data-conversation="${focusedId.current}"]`)
      ?.focus({ preventScroll: true })
    focusedId.current = undefined
  }, [drawn, focusedId])
  return (
    <ul ref={list} className="relative" style={{ height: virtualizer.getTotalSize() }}>
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
            <RowOf row={row} {...props} />
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
