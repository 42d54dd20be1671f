import { outreachPath } from '@sax/topology'
import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { ErrorState } from '@sax/ui/error-state'
import { PageHeader } from '@sax/ui/page-header'
import { RelativeTime } from '@sax/ui/relative-time'
import { Skeleton } from '@sax/ui/skeleton'
import { useHydrated } from '@sax/ui/use-hydrated'
import { ArchiveRestore, SearchX } from 'lucide-react'
import { StaleNotice } from '../../shell/stale-notice.tsx'
import { useQueryView } from '../../shell/steady-query.ts'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { useZoneRouter } from '../../shell/zone-router.ts'
import { useArchiving } from '../data/template-acts.ts'
import { useCategories, useTemplate } from '../data/template-queries.ts'
import { emptyFields } from '../fields.ts'
import { usePatientChoice, withPatient } from '../patient-choice.ts'
import { ScopeBadge } from '../scope-badge.tsx'
import { TemplateMenu } from '../template-menu.tsx'
import { BackToLibrary } from './back-to-library.tsx'
import { EditorSkeleton } from './editor-skeleton.tsx'
import { ReadOnlyTemplate } from './read-only-template.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** One template: written, read or brought back from the archive. */
export function StoredTemplate({ id }: { readonly id: string }) {
  const view = useQueryView(useTemplate(id))
  const categories = useCategories().data
  const archiving = useArchiving()
  const router = useZoneRouter()
  const { patientId } = usePatientChoice()
  const hydrated = useHydrated()

  if (view.kind === 'problem') {
    const gone = view.problem.status === 404
    return (
      <div className="page @container/page">
        <PageHeader title="Template" back={<BackToLibrary />} />
        {gone ? (
          <EmptyState
            icon={<SearchX />}
            title="This template does not exist"
            description="It may belong to another practice, or be private to somebody else."
            action={
              <Button asChild>
                <ZoneLink href={outreachPath('templates')}>Go to templates</ZoneLink>
              </Button>
            }
          />
        ) : (
          <ErrorState
            title={view.problem.title}
            description={view.problem.description}
            requestId={view.problem.requestId}
            onRetry={view.retry}
            retrying={view.retrying}
          />
        )}
      </div>
    )
  }
  // Drafts lie in the browser: on the server there is nothing to show yet, whatever the cache holds.
  if (view.kind === 'loading' || !hydrated) {
    return (
      <div className="page @container/page">
        <PageHeader
          title={
            <>
              <span className="sr-only">Template</span>
              <Skeleton className="h-7 w-56" />
            </>
          }
          back={<BackToLibrary />}
        />
        <EditorSkeleton />
      </div>
    )
  }
  const template = view.data
  const archived = template.archivedAt !== null
  return (
    <div className="page @container/page">
      <PageHeader
        title={<bdi>{template.name}</bdi>}
        back={
          <div className="flex items-center justify-between gap-2">
            <BackToLibrary />
            <TemplateMenu
              template={template}
              archiving={archiving}
              withOpen={false}
              onArchived={() => router.push(withPatient(outreachPath('templates'), patientId))}
            />
          </div>
        }
        meta={<ScopeBadge template={template} />}
        description={
          <>
            {archived ? 'Archived' : 'Changed'} <RelativeTime value={template.archivedAt ?? template.updatedAt} />
            {template.updatedByName === null ? null : (
              <>
                {' '}
                by <bdi>{template.updatedByName}</bdi>
              </>
            )}
          </>
        }
        actions={
          archived && template.canEdit ? (
            <Button onClick={() => void archiving.restore(template)} busy={archiving.busyId === template.id}>
              <ArchiveRestore aria-hidden />
              Bring back
            </Button>
          ) : undefined
        }
      />
      <StaleNotice problem={view.problem} />
      {template.canEdit && !archived ? (
        <TemplateEditor draftId={template.id} stored={template} initial={emptyFields} />
      ) : (
        <ReadOnlyTemplate template={template} categories={categories ?? []} />
      )}
    </div>
  )
}
