import type { NormalizedSchema } from '@smithy/core/schema'
import { scalarText } from './scalars.ts'

/**
 * The members of a structure as XML elements, without an element around them. Members that are absent are left out; an
 * empty list is written, because clients tell it from an absent one.
 * @source Smithy specification, "XML bindings"
 */
export function xmlMembers(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const [name, member] of schema.structIterator()) {
    const content = value[name]
    if (content === undefined || content === null) continue
    const { httpHeader, httpResponseCode, xmlName } = member.getMergedTraits()
    if (httpHeader !== undefined || httpResponseCode !== undefined) continue
    text += xmlElement(typeof xmlName === 'string' ? xmlName : name, member, content)
  }
  return text
}

export function xmlElement(name: string, schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema()) return listElement(name, schema, value as readonly unknown[])
  if (schema.isMapSchema()) return mapElement(name, schema, value as Readonly<Record<string, unknown>>)
  if (schema.isStructSchema()) {
    return `<${name}>${xmlMembers(schema, value as Readonly<Record<string, unknown>>)}</${name}>`
  }
  return `<${name}>${escaped(scalarText(schema, value, 'date-time'))}</${name}>`
}

function listElement(name: string, schema: NormalizedSchema, values: readonly unknown[]): string {
  const item = schema.getValueSchema()
  const { xmlName } = item.getMergedTraits()
  if (schema.getMergedTraits().xmlFlattened !== undefined) {
    return values.map((value) => xmlElement(name, item, value)).join('')
  }
  const itemName = typeof xmlName === 'string' ? xmlName : 'member'
  return `<${name}>${values.map((value) => xmlElement(itemName, item, value)).join('')}</${name}>`
}

function mapElement(name: string, schema: NormalizedSchema, values: Readonly<Record<string, unknown>>): string {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const item = schema.getValueSchema()
  const valueName = item.getMergedTraits().xmlName ?? 'value'
  const entries = Object.entries(values).map(
    ([k, value]) => `<${key}>${escaped(k)}</${key}>${xmlElement(String(valueName), item, value)}`,
  )
  if (schema.getMergedTraits().xmlFlattened !== undefined) {
    return entries.map((entry) => `<${name}>${entry}</${name}>`).join('')
  }
  return `<${name}>${entries.map((entry) => `<entry>${entry}</entry>`).join('')}</${name}>`
}

export function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
}
