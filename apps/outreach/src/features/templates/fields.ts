import type { CreateTemplate, Template, TemplateScope, UpdateTemplate } from '@sax/api-contract'

/** What a person edits of a template. */
export interface TemplateFields {
  readonly name: string
  readonly category: string
  readonly content: string
  readonly scope: TemplateScope
}

/** A stored state of a template that edits start from. */
export interface TemplateBase {
  readonly version: number
  readonly fields: TemplateFields
}

export const fieldNames = ['name', 'category', 'scope', 'content'] as const satisfies readonly (keyof TemplateFields)[]

export const emptyFields: TemplateFields = { name: '', category: '', content: '', scope: 'private' }

/** Who sees a stored template. */
export function scopeOf({ ownerSaxId, practiceId }: Pick<Template, 'ownerSaxId' | 'practiceId'>): TemplateScope {
  if (ownerSaxId !== null) return 'private'
  return practiceId === null ? 'tenant' : 'practice'
}

export function fieldsOf(template: Template): TemplateFields {
  return {
    name: template.name,
    category: template.category,
    content: template.content,
    scope: scopeOf(template),
  }
}

export function baseOf(template: Template): TemplateBase {
  return { version: template.version, fields: fieldsOf(template) }
}

/** True when both would be stored as the same: names are trimmed on saving, the message is not. */
export function sameFields(one: TemplateFields, other: TemplateFields): boolean {
  return fieldNames.every((name) => sameField(name, one, other))
}

export function sameField(name: keyof TemplateFields, one: TemplateFields, other: TemplateFields): boolean {
  return name === 'name' ? one.name.trim() === other.name.trim() : one[name] === other[name]
}

/** The request that creates a template with these fields. */
export function creation(fields: TemplateFields): CreateTemplate {
  return { ...fields, name: fields.name.trim() }
}

/** The request that turns the base into these fields: the changed ones, and the version that was read. */
export function change(base: TemplateBase, fields: TemplateFields): UpdateTemplate {
  return {
    version: base.version,
    ...(sameField('name', base.fields, fields) ? {} : { name: fields.name.trim() }),
    ...(sameField('category', base.fields, fields) ? {} : { category: fields.category }),
    ...(sameField('content', base.fields, fields) ? {} : { content: fields.content }),
    ...(sameField('scope', base.fields, fields) ? {} : { scope: fields.scope }),
  }
}
