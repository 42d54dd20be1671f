import type { ErrorBody } from '@sax/api-contract'
import { type Template, template } from '@sax/api-contract'
import { baseOf, fieldNames, sameField, type TemplateBase, type TemplateFields } from '../fields.ts'

/** Whose text is taken for a field. */
export type Side = 'mine' | 'theirs'

/** One field on which the two versions differ. */
export interface ConflictRow {
  readonly field: keyof TemplateFields
  readonly mine: string
  readonly theirs: string
  /** Who touched the field since both read it. `theirs`: only they did, so nobody contradicts them. */
  readonly changedBy: 'mine' | 'theirs' | 'both'
}

export interface Conflict {
  readonly rows: readonly ConflictRow[]
  /** The stored template that came first, with its version. */
  readonly current: Template
  readonly theirs: TemplateBase
}

/** The stored template inside a `VERSION_CONFLICT`, undefined when the answer is of another kind or shape. */
export function currentOf(body: ErrorBody): Template | undefined {
  if (body.code !== 'VERSION_CONFLICT') return undefined
  return template.safeParse(body.details?.current).data
}

/** Both versions side by side, only where they differ. No rows: both people wrote the same. */
export function conflictBetween(base: TemplateBase, mine: TemplateFields, current: Template): Conflict {
  const theirs = baseOf(current)
  const rows = fieldNames
    .filter((field) => !sameField(field, mine, theirs.fields))
    .map((field): ConflictRow => {
      const touchedByMe = !sameField(field, base.fields, mine)
      const touchedByThem = !sameField(field, base.fields, theirs.fields)
      return {
        field,
        mine: mine[field],
        theirs: theirs.fields[field],
        changedBy: touchedByMe && touchedByThem ? 'both' : touchedByThem ? 'theirs' : 'mine',
      }
    })
  return { rows, current, theirs }
}

/** The side each differing field starts on: mine where I wrote, theirs where only they did. Nobody's words are lost. */
export function firstChoice({ rows }: Conflict): Readonly<Partial<Record<keyof TemplateFields, Side>>> {
  return Object.fromEntries(rows.map(({ field, changedBy }) => [field, changedBy === 'theirs' ? 'theirs' : 'mine']))
}

/** The fields that come out when each differing field is taken from the chosen side. */
export function resolved(
  mine: TemplateFields,
  { theirs, rows }: Conflict,
  choice: Readonly<Partial<Record<keyof TemplateFields, Side>>>,
): TemplateFields {
  const taken = rows.filter(({ field }) => choice[field] === 'theirs').map(({ field }) => [field, theirs.fields[field]])
  return { ...mine, ...Object.fromEntries(taken) }
}
