import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card } from '@sax/ui/card'
import { ErrorState } from '@sax/ui/error-state'
import { LiveRegion } from '@sax/ui/live-region'
import { PageHeader } from '@sax/ui/page-header'
import { Plus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { StaleNotice } from '../../shell/stale-notice.tsx'
import { useQueryView } from '../../shell/steady-query.ts'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { usePageQuery, useZoneRouter } from '../../shell/zone-router.ts'
import { useArchiving } from '../data/template-acts.ts'
import { useCategories, useFrequentTemplates, useTemplateList } from '../data/template-queries.ts'
import { usePatientChoice, withPatient } from '../patient-choice.ts'
import { CategoryList, CategorySelect } from './category-list.tsx'
import { FavouritesRow } from './favourites-row.tsx'
import { filtersSearch, isWholeLibrary, type LibraryFilters, parseFilters } from './filters.ts'
import { LibraryRows } from './library-rows.tsx'
import { EmptyLibrary, LibrarySkeleton } from './library-states.tsx'
import { LibraryToolbar } from './library-toolbar.tsx'
import { PatientBanner } from './patient-banner.tsx'
import { favourites, flatRows, groupedRows } from './rows.ts'

/** The practice's templates: found by category, by words and by use. */
export function TemplateLibrary() {
  const { patientId } = usePatientChoice()
  const filters = parseFilters(usePageQuery())
  const [search, setSearch] = useState('')
  const { changeQuery } = useZoneRouter()
  const setFilters = useCallback(
    (next: LibraryFilters) => changeQuery(`${outreachPath('templates')}${filtersSearch(next, patientId)}`),
    [changeQuery, patientId],
  )

  const list = useTemplateList(filters, search)
  const view = useQueryView(list)
  const categoriesView = useQueryView(useCategories())
  const categories = categoriesView.kind === 'full' ? categoriesView.data : undefined
  const archiving = useArchiving()
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  // The headings come from the categories: shown together, nothing jumps.
  const loading = view.kind === 'loading' || (view.kind === 'full' && categoriesView.kind === 'loading')
  const templates = view.kind === 'full' ? view.data.pages.flatMap(({ data }) => data) : []
  const total = view.kind === 'full' ? (view.data.pages[0]?.pagination.total ?? 0) : 0
  const whole = isWholeLibrary(filters, search)
  const complete = templates.length === total
  const frequent = useFrequentTemplates(whole && view.kind === 'full' && !complete)
  // Headings need every row at hand and an order that does not cut across them.
  const grouped =
    complete &&
    categories !== undefined &&
    filters.category === undefined &&
    filters.sort === 'name' &&
    search.trim() === ''
  const mostUsed = complete ? favourites(templates) : frequent.data?.data
  const choice = {
    categories,
    chosen: filters.category,
    onChoose: (category: string | undefined) => setFilters({ ...filters, category }),
    withCounts: !filters.archived,
  }
  // Rows of another question are new rows: kept ones would be seen to jump to their new places when it answers late.
  const question = `${filtersSearch(filters, undefined)} ${search}`
  const [answered, setAnswered] = useState(question)
  if (!list.isPlaceholderData && answered !== question) setAnswered(question)
  const clear = () => {
    setSearch('')
    setFilters({ ...parseFilters(new URLSearchParams()), archived: filters.archived })
  }

  return (
    <div className="page @container/page">
      <PageHeader
        title={filters.archived ? 'Archived templates' : 'Templates'}
        description={filters.archived ? 'Nobody is offered these. Bring one back to use it again.' : undefined}
        actions={
          <Button variant="primary" asChild>
            <ZoneLink href={withPatient(outreachPath('templates', 'new'), patientId)}>
              <Plus aria-hidden />
              New template
            </ZoneLink>
          </Button>
        }
      />
      <PatientBanner />
      <div className="flex flex-col gap-4 @3xl/page:flex-row @3xl/page:gap-6">
        <div className="hidden w-48 shrink-0 @3xl/page:block">
          <div className="sticky top-18">
            <CategoryList {...choice} />
          </div>
        </div>
        <div className="@container/list min-w-0 flex-1">
          <div className="mb-4">
            <LibraryToolbar
              filters={filters}
              onFilters={setFilters}
              search={search}
              onSearch={setSearch}
              busy={list.isPlaceholderData}
              category={
                <div className="min-w-0 flex-1 basis-40 @3xl/page:hidden">
                  <CategorySelect {...choice} />
                </div>
              }
            />
          </div>
          <LiveRegion>{view.kind === 'full' && !list.isPlaceholderData ? countWords(total) : ''}</LiveRegion>
          {view.kind === 'full' ? <StaleNotice problem={view.problem} /> : null}
          {whole && view.kind !== 'problem' ? <FavouritesRow templates={loading ? undefined : mostUsed} /> : null}
          <Card className="overflow-hidden">
            {loading ? <LibrarySkeleton /> : null}
            {view.kind === 'problem' ? (
              <ErrorState
                title={view.problem.title}
                description={view.problem.description}
                requestId={view.problem.requestId}
                onRetry={view.retry}
                retrying={view.retrying}
              />
            ) : null}
            {view.kind === 'full' && !loading && templates.length === 0 ? (
              <EmptyLibrary filters={filters} search={search} whole={whole} onClear={clear} />
            ) : null}
            {view.kind === 'full' && !loading && templates.length > 0 ? (
              <LibraryRows
                key={answered}
                rows={grouped ? groupedRows(templates, categories ?? []) : flatRows(templates)}
                categories={categories ?? []}
                withCategory={!grouped && filters.category === undefined}
                archiving={archiving}
                onNearEnd={loadMore}
              />
            ) : null}
          </Card>
          {view.kind === 'full' && templates.length > 0 ? (
            <p key={answered} className="mt-2 text-end text-muted-foreground text-xs tabular-nums">
              {countWords(total)}
            </p>
          ) : null}
        </div>
      </div>
    </div>
  )
}

function countWords(total: number): string {
  return total === 1 ? '1 template' : `${total.toLocaleString('en-US')} templates`
}
