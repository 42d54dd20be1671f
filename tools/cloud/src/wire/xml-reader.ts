import type { NormalizedSchema } from '@smithy/core/schema'
import { XMLParser } from 'fast-xml-parser'
import { AwsError } from './aws-error.ts'
import { scalarValue } from './scalars.ts'

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: false,
})

/** The structure that the root element of a document holds. @throws AwsError MalformedInput */
export function structFromXml(schema: NormalizedSchema, text: string): Record<string, unknown> {
  let document: unknown
  try {
    document = parser.parse(text, true)
  } catch {
    throw new AwsError('MalformedInput', 'The body is no XML.')
  }
  const [root] = Object.values(document as Record<string, unknown>)
  return structure(schema, root)
}

function structure(schema: NormalizedSchema, node: unknown): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  if (typeof node !== 'object' || node === null) return value
  for (const [name, member] of schema.structIterator()) {
    const { xmlName } = member.getMergedTraits()
    const child = (node as Record<string, unknown>)[typeof xmlName === 'string' ? xmlName : name]
    if (child !== undefined) value[name] = fromXml(member, child)
  }
  return value
}

function fromXml(schema: NormalizedSchema, node: unknown): unknown {
  if (schema.isStructSchema()) return structure(schema, node)
  if (schema.isListSchema()) {
    const item = schema.getValueSchema()
    if (schema.getMergedTraits().xmlFlattened !== undefined) return several(node).map((one) => fromXml(item, one))
    const { xmlName } = item.getMergedTraits()
    const name = typeof xmlName === 'string' ? xmlName : 'member'
    const items = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined
    return items === undefined ? [] : several(items).map((one) => fromXml(item, one))
  }
  return scalarValue(schema, String(node))
}

function several(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node : [node]
}
