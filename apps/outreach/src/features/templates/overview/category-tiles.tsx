import type { TemplateCategory } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Skeleton } from '@sax/ui/skeleton'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { filtersSearch, parseFilters } from '../library/filters.ts'
import { usePatientChoice } from '../patient-choice.ts'

export interface CategoryTilesProps {
  /** Undefined while they load. */
  readonly categories: readonly TemplateCategory[] | undefined
}

const grid = 'mb-6 grid grid-cols-2 gap-2 @2xl/page:grid-cols-4 @5xl/page:grid-cols-7'

/** One way into the library per category. */
export function CategoryTiles({ categories }: CategoryTilesProps) {
  const { patientId } = usePatientChoice()
  if (categories === undefined) return <TilesSkeleton />
  const filters = parseFilters(new URLSearchParams())
  return (
    <nav aria-label="Categories">
      <ul className={grid}>
        {categories.map(({ slug, name, templateCount }) => (
          <li key={slug} className="min-w-0">
            <ZoneLink
              href={`${outreachPath('templates')}${filtersSearch({ ...filters, category: slug }, patientId)}`}
              className="focus-ring flex h-14 flex-col justify-center rounded-lg border bg-card px-3 transition-colors hover:bg-muted"
            >
              <span className="truncate font-medium">{name}</span>
              <span className="text-muted-foreground text-xs tabular-nums">
                {templateCount === 1 ? '1 template' : `${templateCount} templates`}
              </span>
            </ZoneLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function TilesSkeleton() {
  return (
    <div aria-hidden className={grid}>
      {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => (
        <Skeleton key={key} className="h-14 rounded-lg" />
      ))}
    </div>
  )
}
