'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button } from './button.tsx'
import { pageRange } from './page-range.ts'

export interface PaginationProps {
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly onOffset: (offset: number) => void
  /** What is counted, for example "patients". Default "results". */
  readonly label?: string | undefined
  readonly busy?: boolean | undefined
}

const count = new Intl.NumberFormat('en-US')

/** "1-50 of 400 patients" and the two ways out. */
export function Pagination({ total, limit, offset, onOffset, label = 'results', busy }: PaginationProps) {
  const { from, to, page, pageCount, previousOffset, nextOffset } = pageRange({ total, limit, offset })
  return (
    <nav aria-label={`Pages of ${label}`} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p aria-live="polite" className="text-muted-foreground text-sm tabular-nums">
        {from === 0
          ? `No ${label} here, ${count.format(total)} in all`
          : `${count.format(from)}–${count.format(to)} of ${count.format(total)} ${label}`}
      </p>
      <div className="flex items-center gap-2">
        <span className="text-muted-foreground text-sm tabular-nums max-sm:sr-only">
          Page {count.format(page)} of {count.format(pageCount)}
        </span>
        <Step label="Previous page" to={previousOffset} busy={busy} onOffset={onOffset}>
          <ChevronLeft aria-hidden />
        </Step>
        <Step label="Next page" to={nextOffset} busy={busy} onOffset={onOffset}>
          <ChevronRight aria-hidden />
        </Step>
      </div>
    </nav>
  )
}

interface StepProps extends Pick<PaginationProps, 'onOffset' | 'busy'> {
  readonly label: string
  readonly to: number | undefined
  readonly children: React.ReactNode
}

function Step({ label, to, busy, onOffset, children }: StepProps) {
  const off = to === undefined || busy === true
  return (
    <Button
      size="icon"
      aria-label={label}
      // Not `disabled`: on the last page the button that has the focus would lose it.
      aria-disabled={off || undefined}
      className="size-8"
      onClick={() => {
        if (to !== undefined && !busy) onOffset(to)
      }}
    >
      {children}
    </Button>
  )
}
