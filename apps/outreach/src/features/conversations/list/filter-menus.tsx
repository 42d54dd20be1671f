import type { ConversationCounts, ConversationFilter } from '@sax/api-contract'
import { MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '@sax/ui/dropdown-menu'
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

export interface PracticeMenuProps extends Pick<FilterBarProps, 'filters' | 'onFilters'> {
  /** Those within reach, by name, as the server says. */
  readonly practices: readonly { readonly id: string; readonly name: string }[]
}

/** In place of the id of a practice. */
const ALL = 'all'

/** Of which practice conversations are shown. */
export function PracticeMenu({ filters, practices, onFilters }: PracticeMenuProps) {
  return (
    <MenuContent align="start">
      <MenuRadioGroup
        value={filters.practiceId ?? ALL}
        onValueChange={(id) => onFilters({ ...filters, practiceId: id === ALL ? undefined : id })}
      >
        <MenuRadioItem value={ALL}>All practices</MenuRadioItem>
        <MenuSeparator />
        {practices.map(({ id, name }) => (
          <MenuRadioItem key={id} value={id}>
            <bdi>{name}</bdi>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </MenuContent>
  )
}
