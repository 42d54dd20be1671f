import type { LibraryFilters } from '../library/filters.ts'

/** Names of cached answers. Everything about templates lies below one name, so that a change makes all of it stale. */
export const keys = {
  templates: ['templates'] as const,
  list: (filters: LibraryFilters, search: string) => ['templates', 'list', filters, search.trim()] as const,
  frequent: ['templates', 'frequent'] as const,
  overview: ['templates', 'overview'] as const,
  categories: ['templates', 'categories'] as const,
  template: (id: string) => ['templates', 'one', id] as const,
  patient: (id: string) => ['patients', 'one', id] as const,
  practices: ['practices'] as const,
}
