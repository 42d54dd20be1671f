'use client'

import { ChevronsUpDown, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Choices } from './choices.tsx'
import { cn } from './class-names.ts'
import { controlClass } from './input.tsx'
import { Popover, PopoverAnchor, PopoverContent, PopoverTrigger } from './popover.tsx'

export interface ComboboxProps<Item> {
  /** What is chosen here, for example "Patient". Shown by Field; read to assistive technology. */
  readonly label: string
  readonly value: Item | null
  readonly onSelect: (item: Item | null) => void
  /** Called with `''` when the list opens and then 200 ms after the last key. The signal aborts an outrun search. */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly Item[]>
  readonly itemKey: (item: Item) => string
  readonly itemLabel: (item: Item) => string
  /** A second, quieter line. */
  readonly itemDetail?: ((item: Item) => ReactNode) | undefined
  readonly placeholder?: string | undefined
  readonly emptyText?: string | undefined
  readonly clearable?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly id?: string | undefined
  readonly className?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One choice out of many, found by typing. */
export function Combobox<Item>({
  label,
  value,
  onSelect,
  search,
  itemKey,
  itemLabel,
  itemDetail,
  placeholder = 'Choose',
  emptyText = 'Nothing found',
  clearable,
  disabled,
  id,
  className,
  ...aria
}: ComboboxProps<Item>) {
  const [open, setOpen] = useState(false)
  const made = useId()
  const buttonId = id ?? made
  const choose = (item: Item | null) => {
    onSelect(item)
    setOpen(false)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverAnchor asChild>
        <div className={cn('relative', className)}>
          <PopoverTrigger asChild>
            <button
              type="button"
              id={buttonId}
              disabled={disabled}
              aria-label={value === null ? `${label}: ${placeholder}` : `${label}: ${itemLabel(value)}`}
              className={cn(controlClass, 'flex h-9 items-center gap-2 ps-3 pe-9 text-start')}
              {...aria}
            >
              <span dir="auto" className={cn('min-w-0 flex-1 truncate', value === null && 'text-muted-foreground')}>
                {value === null ? placeholder : itemLabel(value)}
              </span>
            </button>
          </PopoverTrigger>
          <span className="pointer-events-none absolute inset-y-0 end-1.5 flex items-center">
            {clearable && value !== null && !disabled ? (
              <button
                type="button"
                aria-label={`Clear ${label.toLocaleLowerCase('en')}`}
                className="focus-ring pointer-events-auto flex size-6 items-center justify-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground"
                onClick={() => choose(null)}
              >
                <X aria-hidden className="size-4" />
              </button>
            ) : (
              <ChevronsUpDown aria-hidden className="me-1 size-4 text-muted-foreground" />
            )}
          </span>
        </div>
      </PopoverAnchor>
      <PopoverContent aria-label={label} className="w-(--radix-popover-trigger-width) min-w-72 p-0">
        <Choices
          label={label}
          search={search}
          emptyText={emptyText}
          chosenKey={value === null ? undefined : itemKey(value)}
          itemKey={itemKey}
          itemLabel={itemLabel}
          itemDetail={itemDetail}
          onSelect={choose}
        />
      </PopoverContent>
    </Popover>
  )
}
