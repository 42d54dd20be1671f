'use client'

import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'
import { Skeleton } from './skeleton.tsx'
import { useAsyncSearch } from './use-async-search.ts'

export interface ChoicesProps<Item> {
  /** What is chosen here; read to assistive technology. */
  readonly label: string
  /** Called with `''` at first and then 200 ms after the last key. The signal aborts an outrun search. */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly Item[]>
  readonly itemKey: (item: Item) => string
  readonly itemLabel: (item: Item) => string
  /** A second, quieter line. */
  readonly itemDetail?: ((item: Item) => ReactNode) | undefined
  readonly emptyText: string
  readonly chosenKey?: string | undefined
  readonly onSelect: (item: Item) => void
}

/** A list that is searched by typing and chosen from by arrows and Enter. It takes the focus: show it when asked for. */
export function Choices<Item>({
  label,
  search,
  emptyText,
  chosenKey,
  itemKey,
  itemLabel,
  itemDetail,
  onSelect,
}: ChoicesProps<Item>) {
  const [query, setQuery] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // It was opened in order to type. `autoFocus` is the browser's: it counts for a page's first drawing alone.
  useEffect(() => input.current?.focus(), [])
  const { items, state, retry } = useAsyncSearch(search, query)
  const busy = state === 'loading'
  const [active, setActive] = useState('')
  const first = items[0]
  const firstKey = first === undefined ? '' : itemKey(first)
  // Another list came in: Enter takes its first entry. cmdk by itself keeps pointing at an entry that is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `items` is the news, not its first key
  useEffect(() => setActive(firstKey), [items])
  return (
    <Command shouldFilter={false} label={label} value={active} onValueChange={setActive}>
      <div className="border-b focus-within:border-ring">
        <Command.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder="Type to search"
          aria-label={label}
          className="h-10 w-full bg-transparent px-3 text-base outline-none placeholder:text-muted-foreground"
        />
      </div>
      <output className="sr-only">{said(state, items.length, emptyText)}</output>
      {state === 'failed' ? (
        <div className="flex flex-col items-start gap-2 p-3 text-sm">
          The search did not work. Your text is kept.
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        </div>
      ) : null}
      {state === 'loaded' && items.length === 0 ? (
        <p className="p-3 text-muted-foreground text-sm">{emptyText}</p>
      ) : null}
      {busy && items.length === 0 ? (
        <div className="flex flex-col gap-2 p-2">
          <Skeleton className="h-7" />
          <Skeleton className="h-7" />
          <Skeleton className="h-7" />
        </div>
      ) : null}
      <Command.List
        aria-label={label}
        aria-busy={busy}
        className={cn('max-h-72 overflow-y-auto overscroll-contain', items.length > 0 && 'p-1')}
      >
        {items.map((item) => (
          <Command.Item
            key={itemKey(item)}
            value={itemKey(item)}
            // Found for something else: it may be gone in a moment, and whoever presses Enter has not seen it.
            disabled={busy}
            // What was typed a moment ago may not have been drawn yet.
            onSelect={() => input.current?.value === query && onSelect(item)}
            className="flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-accent data-[selected=true]:text-accent-foreground"
          >
            <span className="min-w-0 flex-1">
              <bdi className="block truncate text-left">{itemLabel(item)}</bdi>
              {itemDetail ? (
                <span className="block truncate text-muted-foreground text-xs">{itemDetail(item)}</span>
              ) : null}
            </span>
            {itemKey(item) === chosenKey ? <Check aria-hidden className="size-4 shrink-0 text-primary" /> : null}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}

function said(state: 'loading' | 'loaded' | 'failed', count: number, emptyText: string): string {
  if (state === 'loading') return 'Searching'
  if (state === 'failed') return 'The search did not work'
  return count === 0 ? emptyText : `${count} found`
}
