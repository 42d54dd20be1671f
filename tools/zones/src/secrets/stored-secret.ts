import type { SecretName } from '@sax/infra/secrets'
import { type SecretShape, secretShapes } from './secret-shapes.ts'

/** What is stored under one secret's name. */
export type SecretFields = Readonly<Record<string, string>>

export type ParsedSecret =
  | { readonly kind: 'ok'; readonly fields: SecretFields }
  /** `why` completes "it …". */
  | { readonly kind: 'refused'; readonly why: string }

/**
 * The fields that `text` stores for this secret. Stricter than the functions that read it at run time: a field that nobody
 * reads is refused, for it is most likely a misspelt one. No answer quotes the text, not even an unknown field's name.
 */
export function parseSecret(name: SecretName, text: string): ParsedSecret {
  const shape = secretShapes[name]
  const stored = recordIn(text)
  if (stored === undefined) return refused('is no JSON record')
  const known = Object.keys(shape.fields)
  if (Object.keys(stored).some((field) => !known.includes(field))) {
    return refused(`holds a field that nobody reads; there are ${known.join(', ')}`)
  }
  const fields: Record<string, string> = {}
  for (const [field, { looks }] of Object.entries(shape.fields)) {
    const value = stored[field]
    if (value === undefined) continue
    if (typeof value !== 'string' || !looks.pattern.test(value)) return refused(`has a ${field} that is not usable`)
    fields[field] = value
  }
  if (fields[shape.main] === undefined) return refused(`has no ${shape.main}`)
  return halfGiven(shape, fields) ?? { kind: 'ok', fields }
}

/** The text that stores these fields: in the order of the shape, so that equal fields are equal text. */
export function secretText(name: SecretName, fields: SecretFields): string {
  const known = Object.keys(secretShapes[name].fields)
  return JSON.stringify(Object.fromEntries(known.flatMap((field) => (fields[field] ? [[field, fields[field]]] : []))))
}

function halfGiven({ extra }: SecretShape, fields: SecretFields): ParsedSecret | undefined {
  const given = extra.filter((field) => fields[field] !== undefined)
  return given.length === 0 || given.length === extra.length
    ? undefined
    : refused(`has only one of ${extra.join(' and ')}`)
}

function recordIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    // The parser's own complaint quotes the text.
    return undefined
  }
}

function refused(why: string): ParsedSecret {
  return { kind: 'refused', why }
}
