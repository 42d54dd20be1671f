import { Button } from '@sax/ui/button'
import { SearchField } from '@sax/ui/search-field'
import { Select } from '@sax/ui/select'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import { Archive, ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LibraryFilters } from './filters.ts'

export interface LibraryToolbarProps {
  readonly filters: LibraryFilters
  readonly onFilters: (filters: LibraryFilters) => void
  readonly search: string
  readonly onSearch: (search: string) => void
  /** A search is under way. */
  readonly busy: boolean
  /** The choice of a category, where it has no place of its own. */
  readonly category: ReactNode
}

/** Everything that narrows the library down, besides the category. */
export function LibraryToolbar({ filters, onFilters, search, onSearch, busy, category }: LibraryToolbarProps) {
  const [singleKeys] = useSingleKeys()
  return (
    <div className="flex flex-wrap gap-2">
      <SearchField
        className="min-w-56 flex-1 basis-64"
        label="Search templates"
        placeholder="Search names and messages"
        value={search}
        onChange={onSearch}
        shortcut={singleKeys ? '/' : undefined}
        busy={busy}
      />
      {category}
      <Button
        variant={filters.archived ? 'secondary' : 'ghost'}
        className="sm:order-last"
        onClick={() => onFilters({ ...filters, archived: !filters.archived })}
      >
        {filters.archived ? <ArrowLeft aria-hidden /> : <Archive aria-hidden />}
        {filters.archived ? 'Back to templates' : 'Archive'}
      </Button>
      <div className="flex flex-1 basis-64 gap-2 sm:flex-none">
        <Select
          aria-label="Show"
          className="min-w-0 flex-1 sm:w-36"
          value={filters.scope}
          onValueChange={(scope) => onFilters({ ...filters, scope: scope as LibraryFilters['scope'] })}
          options={[
            { value: 'all', label: 'All' },
            { value: 'shared', label: 'Shared', description: 'Of this practice or all practices' },
            { value: 'private', label: 'Private', description: 'Only you see them' },
          ]}
        />
        <Select
          aria-label="Sort by"
          className="min-w-0 flex-1 sm:w-40"
          value={filters.sort}
          onValueChange={(sort) => onFilters({ ...filters, sort: sort as LibraryFilters['sort'] })}
          options={[
            { value: 'name', label: 'By name' },
            { value: 'usage', label: 'Most used first' },
            { value: 'updated', label: 'Last changed first' },
          ]}
        />
      </div>
    </div>
  )
}
