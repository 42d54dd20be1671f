import type { Template } from '@sax/api-contract'
import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { Card, CardHeader } from '@sax/ui/card'
import { ErrorState } from '@sax/ui/error-state'
import { PageHeader } from '@sax/ui/page-header'
import { Plus } from 'lucide-react'
import { StaleNotice } from '../../shell/stale-notice.tsx'
import { useQueryView } from '../../shell/steady-query.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { useArchiving } from '../data/template-acts.ts'
import { useCategories, useFrequentTemplates, useTemplateOverview } from '../data/template-queries.ts'
import { FavouritesRow } from '../library/favourites-row.tsx'
import { isWholeLibrary, parseFilters } from '../library/filters.ts'
import { LibraryRows } from '../library/library-rows.tsx'
import { EmptyLibrary, LibrarySkeleton } from '../library/library-states.tsx'
import { PatientBanner } from '../library/patient-banner.tsx'
import { favourites, flatRows } from '../library/rows.ts'
import { usePatientChoice, withPatient } from '../patient-choice.ts'
import { CategoryTiles } from './category-tiles.tsx'

/** Rows of what was changed last. */
const RECENT = 5

/** The zone's first page: what one uses most, the categories, and what was changed last. */
export function TemplatesOverview() {
  const { practiceName } = useViewer()
  const { patientId } = usePatientChoice()
  const view = useQueryView(useTemplateOverview())
  const { data: categories } = useCategories()
  const archiving = useArchiving()
  const templates: readonly Template[] = view.kind === 'full' ? view.data.data : []
  const complete = view.kind === 'full' && !view.data.pagination.hasMore
  const frequent = useFrequentTemplates(view.kind === 'full' && !complete)
  const filters = parseFilters(new URLSearchParams())

  return (
    <div className="page @container/page">
      <PageHeader
        title="Outreach"
        description={
          practiceName === undefined ? 'Messages to your patients' : `Messages to patients of ${practiceName}`
        }
        actions={
          <>
            <Button asChild>
              <ZoneLink href={withPatient(outreachPath('templates'), patientId)}>All templates</ZoneLink>
            </Button>
            <Button variant="primary" asChild>
              <ZoneLink href={withPatient(outreachPath('templates', 'new'), patientId)}>
                <Plus aria-hidden />
                New template
              </ZoneLink>
            </Button>
          </>
        }
      />
      <PatientBanner />
      {view.kind === 'full' ? <StaleNotice problem={view.problem} /> : null}
      {view.kind === 'problem' ? null : (
        <FavouritesRow templates={complete ? favourites(templates) : frequent.data?.data} />
      )}
      <CategoryTiles categories={categories} />
      <Card className="@container/list overflow-hidden">
        <CardHeader title="Last changed" />
        {view.kind === 'loading' ? <LibrarySkeleton rows={RECENT} /> : null}
        {view.kind === 'problem' ? (
          <ErrorState
            title={view.problem.title}
            description={view.problem.description}
            requestId={view.problem.requestId}
            onRetry={view.retry}
            retrying={view.retrying}
          />
        ) : null}
        {view.kind === 'full' && templates.length === 0 ? (
          <EmptyLibrary filters={filters} search="" whole={isWholeLibrary(filters, '')} onClear={() => undefined} />
        ) : null}
        {view.kind === 'full' && templates.length > 0 ? (
          <LibraryRows
            rows={flatRows(templates.slice(0, RECENT))}
            categories={categories ?? []}
            withCategory={categories !== undefined}
            archiving={archiving}
            onNearEnd={() => undefined}
          />
        ) : null}
      </Card>
    </div>
  )
}
