import { AwsError } from './aws-error.ts'
import { jsonAnswer, jsonOf, jsonRefusal } from './json-protocol.ts'
import { structFromJson, toJson } from './json-values.ts'
import type { CloudRequest } from './messages.ts'
import type { Operation } from './operations.ts'
import type { Asked, Protocol } from './protocol.ts'
import { xmlRefusal } from './query-protocol.ts'
import { outputHeaders, outputStatus, payloadOf, readBindings } from './rest-bindings.ts'
import { matchPath } from './rest-path.ts'
import { structFromXml } from './xml-reader.ts'
import { xmlElement, xmlMembers } from './xml-writer.ts'

const JSON_TYPE = 'application/json'

/** REST with JSON bodies. @source Smithy specification, "AWS REST JSON 1.0 protocol" */
export function restJsonProtocol(): Protocol {
  return {
    find: (operations, request) =>
      asked([...operations.values()], request, (schema, body) => structFromJson(schema, jsonOf(body))),
    answer: (operation, value, requestId) => {
      const { output } = operation
      const payload = payloadOf(output)
      if (payload?.schema.isBlobSchema() === true) {
        const content = value[payload.name]
        const headers = { 'x-amzn-requestid': requestId, ...outputHeaders(output, value) }
        const body = content instanceof Uint8Array ? Buffer.from(content) : ''
        return { status: outputStatus(operation, value), headers, body }
      }
      const answer = jsonAnswer(
        outputStatus(operation, value),
        JSON_TYPE,
        output.isUnitSchema() ? {} : toJson(output, value),
        requestId,
      )
      const empty = answer.status === 204
      return {
        ...answer,
        headers: { ...answer.headers, ...outputHeaders(output, value) },
        ...(empty ? { body: '' } : {}),
      }
    },
    refuse: (error, requestId) => jsonRefusal(error, JSON_TYPE, requestId),
  }
}

/** REST with XML bodies. @source Smithy specification, "AWS REST XML protocol" */
export function restXmlProtocol(namespace: string): Protocol {
  return {
    find: (operations, request) =>
      asked([...operations.values()], request, (schema, body) =>
        body.length === 0 ? {} : structFromXml(schema, body.toString('utf8')),
      ),
    answer: (operation, value, requestId) => {
      const { output, name } = operation
      const status = outputStatus(operation, value)
      const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...outputHeaders(output, value) }
      if (status === 204 || output.isUnitSchema()) return { status, headers, body: '' }
      const payload = payloadOf(output)
      const content = payload && value[payload.name]
      if (payload?.schema.isBlobSchema()) {
        const bytes = content instanceof Uint8Array ? Buffer.from(content) : ''
        return { status, headers: { ...headers, 'content-type': 'application/octet-stream' }, body: bytes }
      }
      if (payload !== undefined && content === undefined) return { status, headers, body: '' }
      const body =
        payload === undefined
          ? `<${name}Response>${xmlMembers(output, value)}</${name}Response>`
          : xmlElement(
              String(payload.schema.getMergedTraits().xmlName ?? payload.schema.getName()),
              payload.schema,
              content,
            )
      return { status, headers, body: body.replace(/^<[^\s>/]+/, `$& xmlns="${namespace}"`) }
    },
    refuse: (error, requestId) => xmlRefusal(error, requestId, namespace),
  }
}

/** The operation whose method and path fit best: among those that fit, the one that names most of the query. */
function asked(
  operations: readonly Operation[],
  request: CloudRequest,
  readBody: Parameters<typeof readBindings>[3],
): Asked | undefined {
  const query = new URLSearchParams(request.query)
  const fitting = operations
    .flatMap((operation) => {
      if (operation.http === undefined || operation.http.method !== request.method) return []
      const labels = matchPath(operation.http.path, request.path, query)
      return labels === undefined ? [] : [{ operation, labels, path: operation.http.path }]
    })
    .sort((a, b) => b.path.query.length - a.path.query.length || a.path.labels.length - b.path.labels.length)
  const [best] = fitting
  if (best === undefined) return undefined
  return { operation: best.operation, input: readBindings(best.operation.input, request, best.labels, readBody) }
}

/** What clients are told of a path that no operation has. */
export function unknownOperation(service: string, { method, path }: CloudRequest): AwsError {
  return new AwsError('UnknownOperationException', `${service} has no operation for ${method} ${path}.`, 404)
}
