/** What a function answered to a request. */
export interface FunctionAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Eight zero bytes stand between the head and the body of an answer that is streamed.
 * @source AWS Lambda Developer Guide, "Response streaming for Lambda functions" (awslambda.HttpResponseStream.from)
 */
const BETWEEN = '\0'.repeat(8)

/** The answer in a payload of `Invoke`, whole or streamed. Undefined: it is none. */
export function functionAnswer(payload: unknown): FunctionAnswer | undefined {
  if (typeof payload !== 'string') return whole(payload, undefined)
  const at = payload.indexOf(BETWEEN)
  if (at === -1) return undefined
  try {
    return whole(JSON.parse(payload.slice(0, at)), payload.slice(at + BETWEEN.length))
  } catch {
    return undefined
  }
}

function whole(head: unknown, streamed: string | undefined): FunctionAnswer | undefined {
  if (typeof head !== 'object' || head === null || !('statusCode' in head) || typeof head.statusCode !== 'number') {
    return undefined
  }
  const {
    headers = {},
    body = '',
    isBase64Encoded = false,
  } = head as {
    readonly headers?: Readonly<Record<string, unknown>>
    readonly body?: unknown
    readonly isBase64Encoded?: unknown
  }
  const text = typeof body === 'string' ? body : ''
  return {
    status: head.statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: streamed ?? (isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text),
  }
}
