import type { Template } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { Card, CardBody } from '@sax/ui/card'
import { notify } from '@sax/ui/toaster'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { ConflictDialog } from '../conflict/conflict-dialog.tsx'
import { useCategories } from '../data/template-queries.ts'
import { type FieldProblems, fieldProblems } from '../field-problems.ts'
import type { TemplateBase, TemplateFields } from '../fields.ts'
import { baseOf } from '../fields.ts'
import { PreviewPanel } from '../preview/preview-panel.tsx'
import { EditorStatus } from './editor-status.tsx'
import { TemplateForm } from './template-form.tsx'
import { useSave } from './use-save.ts'
import { type DraftStart, useTemplateDraft } from './use-template-draft.ts'

export interface TemplateEditorProps extends DraftStart {
  /** Called after a save, when nothing newer is on the screen. */
  readonly onSaved?: (template: Template) => void
}

/** Writing a template, with its preview beside it. */
export function TemplateEditor({ onSaved, ...start }: TemplateEditorProps) {
  const { stored } = start
  const draft = useTemplateDraft(start)
  const { state, save, stop } = useSave()
  const categories = useCategories().data
  // Problems of fields nobody has touched yet are shown once a save was tried.
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const problems = fieldProblems(draft.fields)
  const refused = state.kind === 'refused' ? state.fields : {}

  const saveFields = (fields: TemplateFields, base: TemplateBase | null) =>
    save({
      fields,
      base,
      id: stored?.id,
      intention: draft.intention,
      onIntention: draft.setIntention,
      onSaved: (template) => {
        setTried(false)
        if (stored === null) draft.forget()
        else draft.rebase(baseOf(template))
        notify({ title: `“${template.name}” is saved`, tone: 'good' })
        onSaved?.(template)
      },
    })
  const submit = () => {
    // At once, so that the first field to correct is marked when the focus looks for it.
    flushSync(() => setTried(true))
    if (Object.keys(problems).length === 0) void saveFields(draft.fields, draft.base)
    else form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
  const takeTheirs = (theirs: TemplateBase) => {
    const mine = { fields: draft.fields, base: theirs }
    stop()
    draft.rebase(theirs, theirs.fields)
    notify({
      title: 'Their version is on the screen',
      description: 'Yours can be brought back.',
      action: { label: 'Bring mine back', onSelect: () => draft.rebase(mine.base, mine.fields) },
    })
  }

  const busy = state.kind === 'saving' || state.kind === 'waiting'
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="grid items-start gap-4 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] @4xl/page:gap-6"
    >
      <div className="flex min-w-0 flex-col gap-3">
        <EditorStatus draft={draft} saveState={state} onStop={stop} />
        <Card>
          <CardBody>
            <TemplateForm
              fields={draft.fields}
              onEdit={(change) => {
                if (state.kind === 'refused') stop()
                draft.edit(change)
              }}
              problems={shownFieldProblems(problems, tried, refused)}
              categories={categories}
            />
          </CardBody>
          <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">
            <p className="me-auto text-muted-foreground text-sm" aria-live="polite">
              {draft.changed ? (draft.kept ? 'Not saved. Kept in this browser.' : 'Not saved.') : stored ? 'Saved' : ''}
            </p>
            {draft.changed && !busy ? <Button onClick={draft.discard}>Discard changes</Button> : null}
            <Button type="submit" variant="primary" busy={busy} disabled={stored !== null && !draft.changed && !busy}>
              {stored === null ? 'Create template' : 'Save'}
            </Button>
          </div>
        </Card>
      </div>
      <div className="@4xl/page:sticky @4xl/page:top-18">
        <PreviewPanel content={draft.fields.content} templateId={stored?.id} besideEditor />
      </div>
      {state.kind === 'conflict' ? (
        <ConflictDialog
          conflict={state.conflict}
          mine={draft.fields}
          categories={categories ?? []}
          onKeepMine={() => {
            draft.rebase(state.conflict.theirs)
            void saveFields(draft.fields, state.conflict.theirs)
          }}
          onTakeTheirs={() => takeTheirs(state.conflict.theirs)}
          onEditOn={(fields) => {
            stop()
            draft.rebase(state.conflict.theirs, fields)
          }}
          onClose={stop}
        />
      ) : null}
    </form>
  )
}

/** Braces are pointed at while one types; an empty field is no mistake until one tries to save it. */
function shownFieldProblems(problems: FieldProblems, tried: boolean, refused: FieldProblems): FieldProblems {
  return tried ? { ...problems, ...refused } : refused
}
