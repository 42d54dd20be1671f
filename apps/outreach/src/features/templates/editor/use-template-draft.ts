import type { Template } from '@sax/api-contract'
import { useEffect, useState } from 'react'
import { baseOf, sameFields, type TemplateBase, type TemplateFields } from '../fields.ts'
import type { Intention } from './draft-store.ts'
import { useDraftStore } from './use-draft-store.ts'

export interface DraftStart {
  /** Name of the draft in the browser's storage: a template's id, or a word for one that does not exist yet. */
  readonly draftId: string
  /** What is stored; null for a template that does not exist yet. */
  readonly stored: Template | null
  /** What a new template starts with. */
  readonly initial: TemplateFields
}

interface Edited {
  readonly fields: TemplateFields
  readonly base: TemplateBase | null
  readonly intention: Intention | undefined
  /** Epoch milliseconds of the kept draft the edits were restored from. */
  readonly restoredAtMs: number | undefined
}

/** The edits of one template: what was typed, what it started from, and a copy of it in the browser with every key. */
export function useTemplateDraft({ draftId, stored, initial }: DraftStart) {
  const store = useDraftStore()
  const [edited, setEdited] = useState<Edited>(() => {
    const base = stored && baseOf(stored)
    const fresh: Edited = { fields: base?.fields ?? initial, base, intention: undefined, restoredAtMs: undefined }
    const draft = store.load(draftId)
    if (draft === undefined || sameFields(draft.fields, fresh.fields)) return fresh
    // An edit of a template that was only ever new, or the other way round, cannot be continued here.
    if ((draft.base === null) !== (base === null)) return fresh
    return { fields: draft.fields, base: draft.base, intention: draft.intention, restoredAtMs: draft.keptAtMs }
  })
  const { fields, base, intention, restoredAtMs } = edited
  const changed = !sameFields(fields, base?.fields ?? initial)

  // Nothing of my own to lose: show what is stored now.
  const newest = stored && baseOf(stored)
  if (!changed && base !== null && newest !== null && newest.version > base.version) {
    setEdited({ fields: newest.fields, base: newest, intention: undefined, restoredAtMs: undefined })
  }

  const [kept, setKept] = useState(true)
  useEffect(() => {
    if (changed) setKept(store.keep(draftId, { fields, base, intention, keptAtMs: restoredAtMs ?? Date.now() }))
    else store.drop(draftId)
  }, [store, draftId, changed, fields, base, intention, restoredAtMs])

  return {
    fields,
    base,
    intention,
    changed,
    /** False when this browser does not keep the draft. */
    kept,
    restoredAtMs: changed ? restoredAtMs : undefined,
    /** Somebody else saved since these edits began. */
    overtaken: base !== null && newest !== null && newest.version > base.version,
    edit: (change: Partial<TemplateFields>) =>
      setEdited((now) => ({ ...now, fields: { ...now.fields, ...change }, restoredAtMs: undefined })),
    setIntention: (next: Intention) => setEdited((now) => ({ ...now, intention: next })),
    /** Goes on from another stored state, with these fields. */
    rebase: (nextBase: TemplateBase, nextFields?: TemplateFields) =>
      setEdited((now) => ({
        fields: nextFields ?? now.fields,
        base: nextBase,
        intention: undefined,
        restoredAtMs: undefined,
      })),
    /** Back to what is stored, or to the start of a new template. */
    discard: () =>
      setEdited({ fields: newest?.fields ?? initial, base: newest, intention: undefined, restoredAtMs: undefined }),
    forget: () => store.drop(draftId),
  }
}

export type TemplateDraft = ReturnType<typeof useTemplateDraft>
