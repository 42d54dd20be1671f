import { outreachPath } from '@sax/topology'
import { ErrorState } from '@sax/ui/error-state'
import { PageHeader } from '@sax/ui/page-header'
import { useHydrated } from '@sax/ui/use-hydrated'
import { isUuid } from '@sax/user-context'
import { useQueryView } from '../../shell/steady-query.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { usePageQuery, useZoneRouter } from '../../shell/zone-router.ts'
import { clipped } from '../clipped.ts'
import { useTemplate } from '../data/template-queries.ts'
import { emptyFields, fieldsOf, type TemplateFields } from '../fields.ts'
import { usePatientChoice, withPatient } from '../patient-choice.ts'
import { allowedScopes } from '../permissions.ts'
import { BackToLibrary } from './back-to-library.tsx'
import { NEW_TEMPLATE } from './draft-store.ts'
import { EditorSkeleton } from './editor-skeleton.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** Longest name of a template. */
const MAX_NAME_LENGTH = 100

/** A new template: empty, or a copy of the one that `?from=` names. */
export function NewTemplate() {
  const from = usePageQuery().get('from')
  const hydrated = useHydrated()
  return (
    <div className="page @container/page">
      <PageHeader title={isUuid(from) ? 'Duplicate template' : 'New template'} back={<BackToLibrary />} />
      {/* Drafts lie in the browser: the server has nothing to fill the fields with. */}
      {hydrated ? isUuid(from) ? <Copy key={from} from={from} /> : <Blank /> : <EditorSkeleton />}
    </div>
  )
}

function Blank() {
  return <Creation draftId={NEW_TEMPLATE} initial={emptyFields} />
}

function Copy({ from }: { readonly from: string }) {
  const view = useQueryView(useTemplate(from))
  const { roles } = useViewer()
  if (view.kind === 'loading') return <EditorSkeleton />
  if (view.kind === 'problem') {
    return (
      <ErrorState
        title={view.problem.status === 404 ? 'The template to copy does not exist' : view.problem.title}
        description={view.problem.description}
        requestId={view.problem.requestId}
        onRetry={view.retry}
        retrying={view.retrying}
      />
    )
  }
  const original = fieldsOf(view.data)
  const scope = allowedScopes(roles).includes(original.scope) ? original.scope : 'private'
  const name = clipped(`Copy of ${original.name}`, MAX_NAME_LENGTH)
  return <Creation draftId={`copy-of-${from}`} initial={{ ...original, name, scope }} />
}

function Creation({ draftId, initial }: { readonly draftId: string; readonly initial: TemplateFields }) {
  const router = useZoneRouter()
  const { patientId } = usePatientChoice()
  return (
    <TemplateEditor
      draftId={draftId}
      stored={null}
      initial={initial}
      onSaved={({ id }) => router.replace(withPatient(outreachPath('templates', id), patientId))}
    />
  )
}
