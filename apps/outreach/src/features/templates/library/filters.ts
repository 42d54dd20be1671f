import type { EndpointTypes } from '@sax/api-contract/client'

/** What the library shows. Lives in the address, so that a reload and the back button keep it; search text does not. */
export interface LibraryFilters {
  /** Slug, undefined for every category. */
  readonly category: string | undefined
  readonly scope: 'all' | 'shared' | 'private'
  readonly sort: 'name' | 'usage' | 'updated'
  readonly archived: boolean
}

/** Rows asked for at once: enough for nearly every practice in one call. */
export const PAGE_SIZE = 200

const scopes = ['all', 'shared', 'private'] as const
const sorts = ['name', 'usage', 'updated'] as const

/** Reads the filters out of an address. Unknown values count as not given. */
export function parseFilters(params: Pick<URLSearchParams, 'get'>): LibraryFilters {
  const category = params.get('category') ?? ''
  return {
    category: /^[a-z0-9-]{1,50}$/.test(category) ? category : undefined,
    scope: scopes.find((scope) => scope === params.get('scope')) ?? 'all',
    sort: sorts.find((sort) => sort === params.get('sort')) ?? 'name',
    archived: params.get('archived') === 'true',
  }
}

/** The filters, and the chosen patient, as an address query; empty when all are at their defaults. */
export function filtersSearch(filters: LibraryFilters, patientId: string | undefined): string {
  const params = new URLSearchParams()
  if (filters.category !== undefined) params.set('category', filters.category)
  if (filters.scope !== 'all') params.set('scope', filters.scope)
  if (filters.sort !== 'name') params.set('sort', filters.sort)
  if (filters.archived) params.set('archived', 'true')
  if (patientId !== undefined) params.set('patient', patientId)
  return params.size === 0 ? '' : `?${params}`
}

/** The one call that fills the list: every filter is the server's business, so that totals agree with rows. */
export function listQuery(
  { category, scope, sort, archived }: LibraryFilters,
  search: string,
  offset: number,
): EndpointTypes['listTemplates']['query'] {
  const text = search.trim()
  return {
    limit: PAGE_SIZE,
    offset,
    sort,
    scope,
    archived,
    ...(category === undefined ? {} : { category }),
    ...(text === '' ? {} : { search: text }),
  }
}

/** True when nothing narrows the list down. */
export function isWholeLibrary({ category, scope, archived }: LibraryFilters, search: string): boolean {
  return category === undefined && scope === 'all' && !archived && search.trim() === ''
}
