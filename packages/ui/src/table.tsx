import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

export interface TableProps extends ComponentProps<'table'> {
  /** What the table holds, for assistive technology. Not shown. */
  readonly caption?: string | undefined
  /** The head stays while the table's own frame scrolls. */
  readonly stickyHeader?: boolean | undefined
}

/** A dense table that scrolls sideways inside its own frame. Wrap in Card for the border. */
export function Table({ caption, stickyHeader, className, children, ...rest }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="focus-ring-inset w-full overflow-x-auto rounded-[inherit] print:overflow-visible"
    >
      <table
        className={cn(
          'w-full border-separate border-spacing-0 text-base',
          stickyHeader && '[&_th]:sticky [&_th]:top-0 [&_th]:z-10',
          className,
        )}
        {...rest}
      >
        {caption ? <caption className="sr-only">{caption}</caption> : null}
        {children}
      </table>
    </section>
  )
}

export function THead(props: ComponentProps<'thead'>) {
  return <thead {...props} />
}

export function TBody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&>tr:last-child>td]:border-b-0', className)} {...rest} />
}

export interface TrProps extends ComponentProps<'tr'> {
  /** Shows that the row leads somewhere. The way there is a link inside, stretched with `after:absolute after:inset-0`. */
  readonly interactive?: boolean | undefined
  readonly selected?: boolean | undefined
}

export function Tr({ interactive, selected, className, ...rest }: TrProps) {
  return (
    <tr
      aria-selected={selected}
      className={cn('group/row', interactive && 'relative hover:bg-muted/60', selected && 'bg-accent', className)}
      {...rest}
    />
  )
}

export interface ThProps extends Omit<ComponentProps<'th'>, 'align'> {
  readonly align?: 'start' | 'end' | undefined
  /** Present: the column can be sorted. */
  readonly sort?: 'asc' | 'desc' | 'none' | undefined
  readonly onSort?: (() => void) | undefined
}

const sorted = { asc: 'ascending', desc: 'descending', none: 'none' } as const

export function Th({ align = 'start', sort, onSort, className, children, ...rest }: ThProps) {
  const Arrow = sort === 'asc' ? ArrowUp : sort === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <th
      scope="col"
      aria-sort={sort && sorted[sort]}
      className={cn(
        'h-9 whitespace-nowrap border-b bg-card px-3 text-start font-medium text-muted-foreground text-xs first:rounded-ss-[inherit] first:ps-4 last:rounded-se-[inherit] last:pe-4',
        align === 'end' && 'text-end',
        className,
      )}
      {...rest}
    >
      {sort && onSort ? (
        <button
          type="button"
          className="focus-ring -mx-1 inline-flex min-h-6 items-center gap-1 rounded-sm px-1 hover:text-foreground"
          onClick={onSort}
        >
          {children}
          <Arrow aria-hidden className={cn('size-3.5', sort === 'none' && 'opacity-60')} />
        </button>
      ) : (
        children
      )}
    </th>
  )
}

export interface TdProps extends Omit<ComponentProps<'td'>, 'align'> {
  readonly align?: 'start' | 'end' | undefined
  /** Digits of equal width on one line, to the end of the cell; with `align="start"` for phone numbers and dates. */
  readonly numeric?: boolean | undefined
}

export function Td({ align, numeric, className, ...rest }: TdProps) {
  return (
    <td
      className={cn(
        'h-10 border-b px-3 py-1.5 first:ps-4 last:pe-4',
        numeric && 'whitespace-nowrap tabular-nums',
        (align ?? (numeric ? 'end' : 'start')) === 'end' && 'text-end',
        className,
      )}
      {...rest}
    />
  )
}
