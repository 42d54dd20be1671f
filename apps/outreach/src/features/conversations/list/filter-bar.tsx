'use client'

import type { ConversationCounts, ConversationFilter } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { Menu, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@sax/ui/dropdown-menu'
import { ArrowDownWideNarrow, ChevronDown } from 'lucide-react'
import { filterLabels, type InboxFilters } from './inbox-filters.ts'

/** Always at hand; the others are in a menu. */
const inSight = ['all', 'unread', 'at_risk', 'mine'] as const satisfies readonly ConversationFilter[]
const inMenu = ['unassigned', 'unknown', 'archived'] as const satisfies readonly ConversationFilter[]

export interface FilterBarProps {
  readonly filters: InboxFilters
  /** Undefined while they load. */
  readonly counts: ConversationCounts | undefined
  readonly onFilters: (filters: InboxFilters) => void
}

/** Which conversations are shown. */
export function FilterBar({ filters, counts, onFilters }: FilterBarProps) {
  const chosenInMenu = inMenu.find((filter) => filter === filters.filter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row of buttons in every browser
    <div role="group" aria-label="Show" className="-mx-1 flex flex-wrap gap-x-0.5 gap-y-1">
      {inSight.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === filters.filter}
          onClick={() => onFilters({ ...filters, filter })}
          className={chip(filter === filters.filter)}
        >
          {filterLabels[filter]}
          <Count value={counts?.[filter]} urgent={filter === 'at_risk'} />
        </button>
      ))}
      <Menu>
        <MenuTrigger asChild>
          <button type="button" className={chip(chosenInMenu !== undefined)}>
            {chosenInMenu === undefined ? 'More' : filterLabels[chosenInMenu]}
            {chosenInMenu === undefined ? null : <Count value={counts?.[chosenInMenu]} />}
            <ChevronDown aria-hidden className="size-3.5" />
          </button>
        </MenuTrigger>
        <MenuContent align="start">
          <MenuRadioGroup
            value={filters.filter}
            onValueChange={(filter) => onFilters({ ...filters, filter: filter as ConversationFilter })}
          >
            {inMenu.map((filter) => (
              <MenuRadioItem key={filter} value={filter}>
                <span className="flex-1">{filterLabels[filter]}</span>
                <span className="ps-4 text-muted-foreground text-xs tabular-nums">{counts?.[filter]}</span>
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
        </MenuContent>
      </Menu>
    </div>
  )
}

/** Which conversations come first. */
export function OrderMenu({ filters, onFilters }: Pick<FilterBarProps, 'filters' | 'onFilters'>) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          size="icon"
          aria-label={filters.sort === 'waiting' ? 'Order: longest waiting first' : 'Order: newest first'}
        >
          <ArrowDownWideNarrow aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuLabel>Order</MenuLabel>
        <MenuRadioGroup
          value={filters.sort}
          onValueChange={(sort) => onFilters({ ...filters, sort: sort as InboxFilters['sort'] })}
        >
          <MenuRadioItem value="newest">Newest first</MenuRadioItem>
          <MenuRadioItem value="waiting">Longest waiting first</MenuRadioItem>
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}

function chip(chosen: boolean): string {
  return cn(
    'focus-ring flex h-8 items-center gap-1 rounded-lg px-1.5 text-sm transition-colors',
    chosen ? 'bg-accent font-medium text-accent-foreground' : 'hover:bg-muted',
  )
}

function Count({ value, urgent = false }: { readonly value: number | undefined; readonly urgent?: boolean }) {
  // Its place is kept while it is on its way, so that the filters stay where they are.
  return (
    <span
      className={cn(
        'min-w-3.5 text-center text-xs tabular-nums',
        urgent && value !== undefined && value > 0 && 'font-semibold text-danger',
      )}
    >
      {value?.toLocaleString('en-US')}
    </span>
  )
}
