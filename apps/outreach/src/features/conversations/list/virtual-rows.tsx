import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { type ConversationRowsProps, RowOf } from './row-of.tsx'

/** Expected height of a row in px, corrected by measuring; and of the line with its practice. */
const ROW_HEIGHT = 83
const PRACTICE_HEIGHT = 20

interface VirtualRowsProps extends ConversationRowsProps {
  /** The conversation whose row has the focus, which its row here takes over as soon as it is drawn. */
  readonly focusedId: string | undefined
  /** It takes over from rows that were all in the page, where one had scrolled to the next hundred; in px. */
  readonly initialOffset: number
}

/** A long list. Only the rows on the screen are in the page. */
export function VirtualRows({ focusedId, initialOffset, ...props }: VirtualRowsProps) {
  const list = useRef<HTMLUListElement>(null)
  const { rows, total, scroller, atTop, practiceShown, onNearEnd } = props
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (practiceShown ? ROW_HEIGHT + PRACTICE_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => rows[index]?.id ?? index,
    // Further down what is read stays where it is, whatever comes or goes above it.
    anchorTo: atTop ? 'start' : 'end',
    initialOffset,
    overscan: 8,
  })
  const visible = virtualizer.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 20) onNearEnd()
  }, [last, rows.length, onNearEnd])
  const drawn = visible.length
  const takeOver = useRef(focusedId)
  useEffect(() => {
    if (drawn === 0 || takeOver.current === undefined) return
    list.current
      ?.querySelector<HTMLElement>(`[data-conversation="${takeOver.current}"]`)
      ?.focus({ preventScroll: true })
    takeOver.current = undefined
  }, [drawn])
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
