import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from './aws-error.ts'

/** The value that parsed JSON stands for: seconds become times, base64 becomes bytes. Members that the model does not know are left out. */
export function fromJson(schema: NormalizedSchema, json: unknown): unknown {
  if (json === null || json === undefined) return undefined
  if (schema.isStructSchema()) return structFromJson(schema, json)
  if (schema.isListSchema()) return listed(json).map((item) => fromJson(schema.getValueSchema(), item))
  if (schema.isMapSchema()) {
    return Object.fromEntries(Object.entries(record(json)).map(([k, v]) => [k, fromJson(schema.getValueSchema(), v)]))
  }
  if (schema.isTimestampSchema()) return new Date(typeof json === 'number' ? json * 1000 : String(json))
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(String(json), 'base64'))
  return json
}

export function structFromJson(schema: NormalizedSchema, json: unknown): Record<string, unknown> {
  const given = record(json)
  const value: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const content = fromJson(member, given[jsonName(name, member)])
    if (content !== undefined) value[name] = content
  }
  return value
}

/** JSON for a value. Members that the model does not know, or that are absent, are left out. */
export function toJson(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (schema.isStructSchema()) {
    const given = record(value)
    const json: Record<string, unknown> = {}
    for (const [name, member] of schema.structIterator()) {
      if (isOutsideBody(member)) continue
      const content = toJson(member, given[name])
      if (content !== undefined) json[jsonName(name, member)] = content
    }
    return json
  }
  if (schema.isListSchema()) return listed(value).map((item) => toJson(schema.getValueSchema(), item))
  if (schema.isMapSchema()) {
    return Object.fromEntries(Object.entries(record(value)).map(([k, v]) => [k, toJson(schema.getValueSchema(), v)]))
  }
  // Lambda writes times as text where its model says so, and then a string is given.
  if (value instanceof Date) return value.getTime() / 1000
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value
}

/** True for what travels in a header, the address or the status line. */
function isOutsideBody(member: NormalizedSchema): boolean {
  const { httpHeader, httpResponseCode } = member.getMergedTraits()
  return httpHeader !== undefined || httpResponseCode !== undefined
}

function jsonName(name: string, member: NormalizedSchema): string {
  const { jsonName: other } = member.getMergedTraits()
  return typeof other === 'string' ? other : name
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new AwsError('SerializationException', 'An object is expected where there is none.')
}

function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new AwsError('SerializationException', 'A list is expected where there is none.')
}
