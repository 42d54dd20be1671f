import { AwsError } from './aws-error.ts'
import { structFromJson, toJson } from './json-values.ts'
import type { CloudAnswer } from './messages.ts'
import type { Protocol } from './protocol.ts'

/** The JSON protocol: the operation's name in a header, JSON both ways. @source Smithy specification, "AWS JSON 1.0/1.1 protocol" */
export function jsonProtocol(version: '1.0' | '1.1'): Protocol {
  const type = `application/x-amz-json-${version}`
  return {
    find: (operations, { headers, body }) => {
      const operation = operations.get(headers['x-amz-target']?.split('.').at(-1) ?? '')
      if (operation === undefined) return undefined
      const { input } = operation
      return { operation, input: input.isUnitSchema() ? {} : structFromJson(input, jsonOf(body)) }
    },
    answer: ({ output }, value, requestId) =>
      jsonAnswer(200, type, output.isUnitSchema() ? {} : toJson(output, value), requestId),
    refuse: (error, requestId) => jsonRefusal(error, type, requestId),
  }
}

/** The object a body holds; an empty one when there is no body. @throws AwsError SerializationException */
export function jsonOf(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new AwsError('SerializationException', 'The body is no JSON.')
  }
}

export function jsonRefusal(error: AwsError, type: string, requestId: string): CloudAnswer {
  const members = { __type: error.code, message: error.message, Message: error.message, ...error.members }
  const answer = jsonAnswer(error.status, type, members, requestId)
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': error.code } }
}

export function jsonAnswer(status: number, type: string, value: unknown, requestId: string): CloudAnswer {
  return {
    status,
    headers: { 'content-type': type, 'x-amzn-requestid': requestId },
    body: JSON.stringify(value),
  }
}
