import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { Skeleton } from '@sax/ui/skeleton'
import { Archive, MessageSquareText, SearchX } from 'lucide-react'
import { ZoneLink } from '../../shell/zone-link.tsx'
import type { LibraryFilters } from './filters.ts'

/** Rows of the size that templates have, while they are on their way. */
export function LibrarySkeleton({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading templates</span>
      {['w-40', 'w-56', 'w-32', 'w-48', 'w-36', 'w-44', 'w-52', 'w-38'].slice(0, rows).map((width) => (
        <div key={width} className="flex h-15.25 flex-col justify-center gap-2 border-b px-4 last:border-b-0">
          <Skeleton className={width} />
          <Skeleton className="h-3 w-full max-w-2xl" />
        </div>
      ))}
    </div>
  )
}

export interface EmptyLibraryProps {
  readonly filters: LibraryFilters
  readonly search: string
  readonly whole: boolean
  readonly onClear: () => void
}

/** Nothing to list: what to do about it depends on why. */
export function EmptyLibrary({ filters, search, whole, onClear }: EmptyLibraryProps) {
  if (whole) {
    return (
      <EmptyState
        icon={<MessageSquareText />}
        title="No templates yet"
        description="Write the first message that you send more than once. Its variables are filled in for each patient."
        action={
          <Button variant="primary" asChild>
            <ZoneLink href={outreachPath('templates', 'new')}>New template</ZoneLink>
          </Button>
        }
      />
    )
  }
  if (filters.archived && filters.category === undefined && filters.scope === 'all' && search.trim() === '') {
    return (
      <EmptyState
        icon={<Archive />}
        title="The archive is empty"
        description="Templates that are no longer needed can be archived and brought back at any time."
      />
    )
  }
  return (
    <EmptyState
      icon={<SearchX />}
      title="No template matches"
      description="Try other words, or look in all categories."
      action={<Button onClick={onClear}>Clear search and filters</Button>}
    />
  )
}
