import type { Template, TemplateCategory } from '@sax/api-contract'

export type LibraryRow =
  | { readonly kind: 'heading'; readonly slug: string; readonly label: string; readonly count: number }
  | { readonly kind: 'template'; readonly template: Template }

/** Most templates in the row of favourites. */
const MAX_FAVOURITES = 6

/** The templates under their categories' headings, categories in their own order, templates in the order given. */
export function groupedRows(
  templates: readonly Template[],
  categories: readonly TemplateCategory[],
): readonly LibraryRow[] {
  const bySlug = Map.groupBy(templates, (template) => template.category)
  const known = categories.toSorted((one, other) => one.position - other.position).map(({ slug }) => slug)
  const unknown = [...bySlug.keys()].filter((slug) => !known.includes(slug)).toSorted()
  return [...known, ...unknown].flatMap((slug): readonly LibraryRow[] => {
    const members = bySlug.get(slug) ?? []
    if (members.length === 0) return []
    return [
      { kind: 'heading', slug, label: categoryName(slug, categories), count: members.length },
      ...flatRows(members),
    ]
  })
}

export function flatRows(templates: readonly Template[]): readonly LibraryRow[] {
  return templates.map((template) => ({ kind: 'template', template }))
}

/** What the person who asks uses most, most used first; equal use by name. Never used is no favourite. */
export function favourites(templates: readonly Template[]): readonly Template[] {
  return templates
    .filter(({ myUsageCount, archivedAt }) => myUsageCount > 0 && archivedAt === null)
    .toSorted((one, other) => other.myUsageCount - one.myUsageCount || one.name.localeCompare(other.name))
    .slice(0, MAX_FAVOURITES)
}

/** A category's name; for one that is not listed (any more) its slug in words. */
export function categoryName(slug: string, categories: readonly TemplateCategory[]): string {
  const known = categories.find((category) => category.slug === slug)?.name
  if (known !== undefined) return known
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
