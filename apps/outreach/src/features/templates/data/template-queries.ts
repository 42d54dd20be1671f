import type { Template } from '@sax/api-contract'
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../shell/api.tsx'
import { type LibraryFilters, listQuery, PAGE_SIZE } from '../library/filters.ts'
import { keys } from './keys.ts'

/** Categories change rarely; their counts are made stale by our own changes. */
const CATEGORIES_STALE_MS = 5 * 60_000

/** The library's rows: one call for each view, one more for each 200 rows further down. */
export function useTemplateList(filters: LibraryFilters, search: string) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: keys.list(filters, search),
    queryFn: ({ pageParam, signal }) =>
      api.call('listTemplates', { query: listQuery(filters, search, pageParam), signal }),
    initialPageParam: 0,
    getNextPageParam: ({ pagination }) => (pagination.hasMore ? pagination.offset + pagination.limit : undefined),
    placeholderData: keepPreviousData,
  })
}

/** The newest changes first, for the zone's first page. */
export function useTemplateOverview() {
  const api = useApi()
  return useQuery({
    queryKey: keys.overview,
    queryFn: ({ signal }) =>
      api.call('listTemplates', { query: { limit: PAGE_SIZE, offset: 0, sort: 'updated' }, signal }),
  })
}

/** What the person uses most. Only asked for when the list at hand is not the whole library. */
export function useFrequentTemplates(enabled: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: keys.frequent,
    queryFn: () => api.call('listFrequentTemplates', { query: { limit: 6 } }),
    enabled,
  })
}

export function useCategories() {
  const api = useApi()
  return useQuery({
    queryKey: keys.categories,
    queryFn: ({ signal }) => api.call('listTemplateCategories', { signal }),
    staleTime: CATEGORIES_STALE_MS,
    select: ({ data }) => data.toSorted((one, other) => one.position - other.position),
  })
}

/** One template. A row that was just listed is shown at once, without another call. */
export function useTemplate(id: string) {
  const api = useApi()
  const queryClient = useQueryClient()
  const listed = () => listedTemplate(queryClient, id)
  return useQuery({
    queryKey: keys.template(id),
    queryFn: async ({ signal }) => (await api.call('getTemplate', { params: { id }, signal })).data,
    initialData: () => listed()?.template,
    initialDataUpdatedAt: () => listed()?.updatedAtMs,
  })
}

interface Listed {
  readonly template: Template
  readonly updatedAtMs: number
}

/** The newest cached list row of a template. */
function listedTemplate(queryClient: QueryClient, id: string): Listed | undefined {
  let newest: Listed | undefined
  for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.templates })) {
    const template = templatesIn(query.state.data).find((candidate) => candidate.id === id)
    const updatedAtMs = query.state.dataUpdatedAt
    if (template && (newest === undefined || updatedAtMs > newest.updatedAtMs)) newest = { template, updatedAtMs }
  }
  return newest
}

function templatesIn(cached: unknown): readonly Template[] {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
  if (!isObject(cached)) return []
  const pages = Array.isArray(cached.pages) ? cached.pages : [cached]
  return pages.flatMap((page) =>
    isObject(page) && Array.isArray(page.data) ? (page.data as Template[]).filter((row) => 'version' in row) : [],
  )
}
