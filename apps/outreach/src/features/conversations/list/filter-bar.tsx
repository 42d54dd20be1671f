import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { later } from '@sax/ui/later'
import { MenuButton } from '@sax/ui/menu-button'
import { ArrowDownWideNarrow, ChevronDown } from 'lucide-react'
import type { FilterBarProps } from './filter-menus.tsx'
import { filterLabels, inMenu, inSight } from './inbox-filters.ts'

/** What the menus beside the filters hold. */
export const filterMenu = later(async () => (await import('./filter-menus.tsx')).FilterMenu)
export const orderMenu = later(async () => (await import('./filter-menus.tsx')).OrderMenu)

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
      <MenuButton
        menu={filterMenu}
        about={{ filters, counts, onFilters }}
        button={
          <button type="button" className={chip(chosenInMenu !== undefined)}>
            {chosenInMenu === undefined ? 'More' : filterLabels[chosenInMenu]}
            {chosenInMenu === undefined ? null : <Count value={counts?.[chosenInMenu]} />}
            <ChevronDown aria-hidden className="size-3.5" />
          </button>
        }
      />
    </div>
  )
}

/** Which conversations come first. */
export function OrderButton({ filters, onFilters }: Pick<FilterBarProps, 'filters' | 'onFilters'>) {
  return (
    <MenuButton
      menu={orderMenu}
      about={{ filters, onFilters }}
      button={
        <Button
          size="icon"
          aria-label={filters.sort === 'waiting' ? 'Order: longest waiting first' : 'Order: newest first'}
        >
          <ArrowDownWideNarrow aria-hidden />
        </Button>
      }
    />
  )
}

/** How a choice looks that stands in a row of them. */
export function chip(chosen: boolean): string {
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
