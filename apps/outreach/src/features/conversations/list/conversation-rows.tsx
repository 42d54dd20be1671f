import { later, useLater } from '@sax/ui/later'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type ConversationRowsProps, RowOf } from './row-of.tsx'

/** Up to here every row is in the page: the first answer, whose rows need no code to place them. */
const PLAIN_ROWS = 100

const virtualRows = later(async () => (await import('./virtual-rows.tsx')).VirtualRows)

/** The list. A long one keeps only the rows on the screen in the page, and goes on so when it gets shorter. */
export function ConversationRows(props: ConversationRowsProps) {
  const { rows, scroller } = props
  const [many, setMany] = useState(false)
  if (!many && rows.length > PLAIN_ROWS) setMany(true)
  const VirtualRows = useLater(virtualRows, many)
  const Rows = many ? VirtualRows : undefined
  // Read while the rows are still there: without them the list is at its top, and nothing in it has the focus.
  const [initialOffset, focusedId] = useMemo(
    () => (Rows === undefined ? [0, undefined] : [scroller.current?.scrollTop ?? 0, focusedIn(scroller.current)]),
    [Rows, scroller],
  )
  return Rows === undefined ? (
    <PlainRows {...props} />
  ) : (
    <Rows focusedId={focusedId} initialOffset={initialOffset} {...props} />
  )
}

/** The conversation whose row has the focus. */
function focusedIn(list: HTMLElement | null): string | undefined {
  const row = list?.querySelector<HTMLElement>('[data-conversation]:focus')
  return row?.dataset.conversation
}

function PlainRows(props: ConversationRowsProps) {
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
      <ul>
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
