import type { TemplateCategory } from '@sax/api-contract'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { useArchiving } from '../data/template-acts.ts'
import { categoryName, type LibraryRow } from './rows.ts'
import { TemplateRow } from './template-row.tsx'

/** Up to here every row is in the page, where the browser's own search finds it. */
const PLAIN_ROWS = 100

/** Expected heights in px, corrected by measuring. */
const HEADING_HEIGHT = 33
const ROW_HEIGHT = 61

export interface LibraryRowsProps {
  readonly rows: readonly LibraryRow[]
  readonly categories: readonly TemplateCategory[]
  /** Rows carry their category, because no heading does. */
  readonly withCategory: boolean
  readonly archiving: ReturnType<typeof useArchiving>
  /** Called when the end of the list comes near. */
  readonly onNearEnd: () => void
}

/** The library's list. A long one keeps only the rows on the screen in the page. */
export function LibraryRows(props: LibraryRowsProps) {
  return props.rows.length <= PLAIN_ROWS ? <PlainRows {...props} /> : <VirtualRows {...props} />
}

function PlainRows({ rows, ...rest }: LibraryRowsProps) {
  return (
    <ul className="divide-y">
      {rows.map((row) => (
        <li key={keyOf(row)}>{rowContent(row, rest)}</li>
      ))}
    </ul>
  )
}

function VirtualRows({ rows, onNearEnd, ...rest }: LibraryRowsProps) {
  const list = useRef<HTMLUListElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useEffect(() => {
    if (list.current) setScrollMargin(list.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : keyOf(row)
    },
    overscan: 12,
    scrollMargin,
  })
  const visible = virtualizer.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 20) onNearEnd()
  }, [last, rows.length, onNearEnd])
  return (
    <ul ref={list} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {visible.map((item) => {
        const row = rows[item.index]
        return row === undefined ? null : (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            className="absolute inset-x-0 top-0 border-b"
            style={{ transform: `translateY(${item.start - scrollMargin}px)` }}
          >
            {rowContent(row, { ...rest, onNearEnd })}
          </li>
        )
      })}
    </ul>
  )
}

function rowContent(
  row: LibraryRow,
  { categories, withCategory, archiving }: Omit<LibraryRowsProps, 'rows'>,
): ReactNode {
  if (row.kind === 'template') {
    const categoryLabel = withCategory ? categoryName(row.template.category, categories) : undefined
    return <TemplateRow template={row.template} categoryLabel={categoryLabel} archiving={archiving} />
  }
  return (
    <h2 className="flex items-center justify-between bg-muted/60 px-3 py-1.5 font-semibold text-sm sm:px-4">
      {row.label}
      <span className="font-normal text-muted-foreground text-xs tabular-nums">{row.count}</span>
    </h2>
  )
}

function keyOf(row: LibraryRow): string {
  return row.kind === 'heading' ? `heading ${row.slug}` : row.template.id
}
