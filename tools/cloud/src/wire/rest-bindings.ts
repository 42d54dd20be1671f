import type { NormalizedSchema } from '@smithy/core/schema'
import type { CloudRequest } from './messages.ts'
import type { Operation } from './operations.ts'
import { scalarText, scalarValue } from './scalars.ts'

type BodyReader = (schema: NormalizedSchema, body: Buffer) => Record<string, unknown>

/** The input that path, query, headers and body hold together. @source Smithy specification, "HTTP binding traits" */
export function readBindings(
  schema: NormalizedSchema,
  { query, headers, body }: CloudRequest,
  labels: Readonly<Record<string, string>>,
  readBody: BodyReader,
): Record<string, unknown> {
  if (schema.isUnitSchema()) return {}
  const parameters = new URLSearchParams(query)
  const payload = payloadOf(schema)
  const value = payload === undefined ? readBody(schema, body) : {}
  if (payload !== undefined && body.length > 0) {
    value[payload.name] = payload.schema.isStructSchema() ? readBody(payload.schema, body) : new Uint8Array(body)
  }
  for (const [name, member] of schema.structIterator()) {
    const { httpLabel, httpQuery, httpHeader } = member.getMergedTraits()
    if (httpLabel !== undefined && labels[name] !== undefined) value[name] = scalarValue(member, labels[name])
    if (typeof httpQuery === 'string' && parameters.has(httpQuery)) {
      value[name] = member.isListSchema()
        ? parameters.getAll(httpQuery)
        : scalarValue(member, parameters.get(httpQuery) ?? '')
    }
    const header = typeof httpHeader === 'string' ? headers[httpHeader.toLowerCase()] : undefined
    if (header !== undefined) value[name] = scalarValue(member, header)
  }
  return value
}

/** The one member that is the whole body, if any. */
export function payloadOf(
  schema: NormalizedSchema,
): { readonly name: string; readonly schema: NormalizedSchema } | undefined {
  if (schema.isUnitSchema()) return undefined
  for (const [name, member] of schema.structIterator()) {
    if (member.getMergedTraits().httpPayload !== undefined) return { name, schema: member }
  }
  return undefined
}

export function outputHeaders(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  if (schema.isUnitSchema()) return headers
  for (const [name, member] of schema.structIterator()) {
    const { httpHeader } = member.getMergedTraits()
    const content = value[name]
    if (typeof httpHeader !== 'string' || content === undefined) continue
    headers[httpHeader.toLowerCase()] = scalarText(member, content, 'http-date')
  }
  return headers
}

/** The status the model names, unless the output carries one of its own. */
export function outputStatus({ http, output }: Operation, value: Readonly<Record<string, unknown>>): number {
  if (!output.isUnitSchema()) {
    for (const [name, member] of output.structIterator()) {
      const own = value[name]
      if (member.getMergedTraits().httpResponseCode !== undefined && typeof own === 'number') return own
    }
  }
  return http?.status ?? 200
}
