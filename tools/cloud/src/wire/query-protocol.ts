import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from './aws-error.ts'
import type { CloudAnswer, CloudRequest } from './messages.ts'
import type { Protocol } from './protocol.ts'
import { scalarValue } from './scalars.ts'
import { escaped, xmlMembers } from './xml-writer.ts'

/** The query protocol: a form comes in, XML goes out. @source Smithy specification, "AWS query protocol" */
export function queryProtocol(namespace: string): Protocol {
  return {
    find: (operations, request) => {
      const form = formOf(request)
      const operation = operations.get(form.get('Action') ?? '')
      return operation && { operation, input: structure(operation.input, new Form(form), '') }
    },
    answer: ({ name, output }, value, requestId): CloudAnswer => ({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body:
        `<${name}Response xmlns="${namespace}"><${name}Result>${xmlMembers(output, value)}</${name}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    }),
    refuse: (error, requestId) => xmlRefusal(error, requestId, namespace),
  }
}

/** The parameters of a query request, in the body or, for GET, in the address. */
export function formOf({ body, query }: CloudRequest): URLSearchParams {
  return new URLSearchParams(body.length > 0 ? body.toString('utf8') : query)
}

export function xmlRefusal(error: AwsError, requestId: string, namespace: string): CloudAnswer {
  const members = Object.entries(error.members).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escaped(error.code)}</Code><Message>${escaped(error.message)}</Message>${members.join('')}</Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  }
}

/** A form whose names are looked up by prefix. */
class Form {
  readonly #values: URLSearchParams
  readonly #names: readonly string[]

  constructor(values: URLSearchParams) {
    this.#values = values
    this.#names = [...values.keys()]
  }

  value(name: string): string | undefined {
    return this.#values.get(name) ?? undefined
  }

  holds(prefix: string): boolean {
    return this.#names.some((name) => name === prefix || name.startsWith(`${prefix}.`))
  }
}

function structure(schema: NormalizedSchema, form: Form, prefix: string): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  if (schema.isUnitSchema()) return value
  for (const [name, member] of schema.structIterator()) {
    const { xmlName } = member.getMergedTraits()
    const path = `${prefix}${typeof xmlName === 'string' ? xmlName : name}`
    if (form.holds(path)) value[name] = memberValue(member, form, path)
  }
  return value
}

function memberValue(schema: NormalizedSchema, form: Form, path: string): unknown {
  if (schema.isStructSchema()) return structure(schema, form, `${path}.`)
  if (schema.isListSchema()) {
    const flat = schema.getMergedTraits().xmlFlattened !== undefined
    const { xmlName } = schema.getValueSchema().getMergedTraits()
    const stem = flat ? path : `${path}.${typeof xmlName === 'string' ? xmlName : 'member'}`
    const values: unknown[] = []
    while (form.holds(`${stem}.${values.length + 1}`)) {
      values.push(memberValue(schema.getValueSchema(), form, `${stem}.${values.length + 1}`))
    }
    return values
  }
  if (schema.isMapSchema()) {
    const values: Record<string, unknown> = {}
    for (let i = 1; form.holds(`${path}.entry.${i}`); i++) {
      const key = form.value(`${path}.entry.${i}.key`)
      if (key === undefined) throw new AwsError('MalformedQueryString', `${path}.entry.${i} has no key.`)
      values[key] = memberValue(schema.getValueSchema(), form, `${path}.entry.${i}.value`)
    }
    return values
  }
  return scalarValue(schema, form.value(path) ?? '')
}
