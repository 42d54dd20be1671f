'use client'

import type { ConversationCounts, ConversationFilter } from '@sax/api-contract'
import { MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem } from '@sax/ui/dropdown-menu'
import { filterLabels, type InboxFilters, inMenu } from './inbox-filters.ts'

export interface FilterBarProps {
  readonly filters: InboxFilters
  /** Undefined while they load. */
  readonly counts: ConversationCounts | undefined
  readonly onFilters: (filters: InboxFilters) => void
}

/** The filters that are not always in sight. */
export function FilterMenu({ filters, counts, onFilters }: FilterBarProps) {
  return (
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
  )
}

/** Which conversations come first. */
export function OrderMenu({ filters, onFilters }: Pick<FilterBarProps, 'filters' | 'onFilters'>) {
  return (
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
  )
}
