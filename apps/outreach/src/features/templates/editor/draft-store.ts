import { templateScope } from '@sax/api-contract'
import { type Writer, writingKey } from '@sax/ui/kept-writing'
import * as z from 'zod'
import type { TemplateBase, TemplateFields } from '../fields.ts'

/** What a person wrote and has not saved. */
export interface Draft {
  readonly fields: TemplateFields
  /** What the edits started from; null for a template that does not exist yet. */
  readonly base: TemplateBase | null
  /** Epoch milliseconds. */
  readonly keptAtMs: number
  /** A save that was begun: its key, and the body it was made for. A repeated attempt uses the same key. */
  readonly intention?: Intention | undefined
}

export interface Intention {
  readonly key: string
  readonly body: string
}

export interface DraftStore {
  /** The kept draft; undefined when there is none, or none this version can read. */
  load(templateId: string): Draft | undefined
  /** False when the browser keeps nothing (storage full or switched off). */
  keep(templateId: string, draft: Draft): boolean
  drop(templateId: string): void
}

/** In place of a template's id while there is none. */
export const NEW_TEMPLATE = 'new'

const fields = z.object({ name: z.string(), category: z.string(), content: z.string(), scope: templateScope })
const stored = z.object({
  v: z.literal(1),
  fields,
  base: z.object({ version: z.int().min(1), fields }).nullable(),
  keptAtMs: z.number(),
  intention: z.object({ key: z.string(), body: z.string() }).optional(),
})

/** Drafts of one person in the browser's storage. They hold template text only, never a patient's data. */
export function createDraftStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  writer: Writer,
): DraftStore {
  const keyOf = (templateId: string) => writingKey('template', writer, templateId)
  return {
    load(templateId) {
      const text = storage.getItem(keyOf(templateId))
      if (text === null) return undefined
      const parsed = stored.safeParse(jsonOf(text))
      if (!parsed.success) return undefined
      const { v: _, ...draft } = parsed.data
      return draft
    },
    keep(templateId, draft) {
      try {
        storage.setItem(keyOf(templateId), JSON.stringify({ v: 1, ...draft }))
        return true
      } catch {
        // Full or forbidden: the text is still on the screen, and the screen says that it is kept nowhere else.
        return false
      }
    },
    drop(templateId) {
      storage.removeItem(keyOf(templateId))
    },
  }
}

/** The intention to save `body`: the one already begun for the same body, else a new one. */
export function intentionFor(body: object, begun: Intention | undefined, newKey: () => string): Intention {
  const text = JSON.stringify(body)
  return begun?.body === text ? begun : { key: newKey(), body: text }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
