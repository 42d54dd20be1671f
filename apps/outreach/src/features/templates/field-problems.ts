import { parseTemplate } from '@sax/message-template'
import type { TemplateFields } from './fields.ts'

/** What is wrong with each field, in words; no key for a field that may be saved. */
export type FieldProblems = Partial<Record<keyof TemplateFields, string>>

const MAX_NAME_LENGTH = 100

/** Why these fields cannot be saved. Empty: they can. Stands on the product's one parser of messages. */
export function fieldProblems(fields: TemplateFields): FieldProblems {
  const name = fields.name.trim()
  const [contentProblem, ...more] = parseTemplate(fields.content).problems
  return {
    ...(name === '' ? { name: 'Give the template a name' } : {}),
    ...(name.length > MAX_NAME_LENGTH ? { name: `A name holds at most ${MAX_NAME_LENGTH} characters` } : {}),
    ...(name.isWellFormed() ? {} : { name: 'The name ends or breaks in the middle of an emoji. Type that one again' }),
    ...(fields.category === '' ? { category: 'Choose a category' } : {}),
    ...(contentProblem === undefined ? {} : { content: contentWords(contentProblem, more.length) }),
  }
}

function contentWords({ code, message }: { readonly code: string; readonly message: string }, more: number): string {
  if (code === 'empty') return message
  return more === 0 ? message : `${message}, and ${more} more to correct`
}

/** Field messages of a `VALIDATION_ERROR`, as far as they are about fields a person sees here. */
export function refusedFields(details: Readonly<Record<string, unknown>> | undefined): FieldProblems {
  const fields = details?.fields
  if (typeof fields !== 'object' || fields === null) return {}
  const known: Partial<Record<keyof TemplateFields, string>> = {}
  for (const name of ['name', 'category', 'content', 'scope'] as const) {
    const message: unknown = (fields as Readonly<Record<string, unknown>>)[name]
    if (typeof message === 'string') known[name] = message
  }
  return known
}
