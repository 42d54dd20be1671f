import type { TemplateCategory } from '@sax/api-contract'
import { cn } from '@sax/ui/class-names'
import { Select } from '@sax/ui/select'
import { Skeleton } from '@sax/ui/skeleton'

export interface CategoryChoiceProps {
  /** Undefined while they load. */
  readonly categories: readonly TemplateCategory[] | undefined
  /** Slug; undefined for all. */
  readonly chosen: string | undefined
  readonly onChoose: (slug: string | undefined) => void
  /** Counts are of templates in use and say nothing about the archive. */
  readonly withCounts: boolean
}

/** Select has no empty value. */
const ALL = 'all-categories'

/** The categories as a list beside the templates. */
export function CategoryList({ categories, chosen, onChoose, withCounts }: CategoryChoiceProps) {
  const total = (categories ?? []).reduce((sum, { templateCount }) => sum + templateCount, 0)
  const choices = [
    { slug: undefined, name: 'All categories', count: total },
    ...(categories ?? []).map(({ slug, name, templateCount }) => ({ slug, name, count: templateCount })),
  ]
  if (categories === undefined) return <CategoryListSkeleton />
  return (
    <nav aria-label="Categories">
      <ul className="flex flex-col gap-0.5">
        {choices.map(({ slug, name, count }) => (
          <li key={slug ?? ALL}>
            <button
              type="button"
              aria-pressed={slug === chosen}
              onClick={() => onChoose(slug)}
              className={cn(
                'focus-ring flex h-8 w-full items-center justify-between gap-2 rounded-lg px-2.5 text-start transition-colors',
                slug === chosen ? 'bg-accent font-medium text-accent-foreground' : 'hover:bg-muted',
              )}
            >
              <span className="truncate">{name}</span>
              {withCounts ? <span className="text-xs tabular-nums">{count}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The same choice where there is no room for a list. */
export function CategorySelect({ categories, chosen, onChoose, withCounts }: CategoryChoiceProps) {
  const total = (categories ?? []).reduce((sum, { templateCount }) => sum + templateCount, 0)
  const words = (name: string, count: number) => (withCounts ? `${name} (${count})` : name)
  return (
    <Select
      aria-label="Category"
      disabled={categories === undefined}
      value={chosen ?? ALL}
      onValueChange={(value) => onChoose(value === ALL ? undefined : value)}
      options={[
        { value: ALL, label: words('All categories', total) },
        ...(categories ?? []).map(({ slug, name, templateCount }) => ({
          value: slug,
          label: words(name, templateCount),
        })),
      ]}
    />
  )
}

function CategoryListSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-0.5">
      {['w-28', 'w-20', 'w-24', 'w-18', 'w-26', 'w-16', 'w-23', 'w-21'].map((width) => (
        <div key={width} className="flex h-8 items-center px-2.5">
          <Skeleton className={width} />
        </div>
      ))}
    </div>
  )
}
