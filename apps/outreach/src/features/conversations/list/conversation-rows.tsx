import { later, useLater } from '@sax/ui/later'
import { useEffect, useMemo, useRef } from 'react'
import { type ConversationRowsProps, RowOf, type RowsProps } from './row-of.tsx'

/** Up to here every row is in the page: the first answer, whose rows need no code to place them. */
const PLAIN_ROWS = 100

const virtualRows = later(async () => (await import('./virtual-rows.tsx')).VirtualRows)

/** The list. A long one keeps only the rows on the screen in the page. */
export function ConversationRows(props: ConversationRowsProps) {
  const many = props.rows.length > PLAIN_ROWS
  const VirtualRows = useLater(virtualRows, many)
  const focusedId = useRef<string>(undefined)
  const { scroller } = props
  const Rows = many ? VirtualRows : undefined
  // Read while the rows are still there: without them the list is at its top.
  const offset = useMemo(() => (Rows === undefined ? 0 : (scroller.current?.scrollTop ?? 0)), [Rows, scroller])
  return Rows === undefined ? (
    <PlainRows focusedId={focusedId} {...props} />
  ) : (
    <Rows focusedId={focusedId} initialOffset={offset} {...props} />
  )
}

function PlainRows({ focusedId, ...props }: RowsProps) {
  const { rows, total, scroller, onNearEnd } = props
  const nearEnd = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const end = nearEnd.current
    if (end === null) return
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && onNearEnd(), {
      root: scroller.current,
      // As long before the end as twenty rows are high.
      rootMargin: '0px 0px 1300px 0px',
    })
    observer.observe(end)
    return () => observer.disconnect()
  }, [scroller, onNearEnd])
  return (
    <>
      <ul
        onFocus={({ target }) => {
          focusedId.current = target.dataset.conversation
        }}
        onBlur={() => {
          focusedId.current = undefined
        }}
      >
        {rows.map((row, index) => (
          <li key={row.id} aria-setsize={total} aria-posinset={index + 1} className="border-b">
            <RowOf row={row} {...props} />
          </li>
        ))}
      </ul>
      <div ref={nearEnd} />
    </>
  )
}
