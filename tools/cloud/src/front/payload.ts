import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { FrontRequest } from './front-request.ts'

/** What differs between a function URL and an API. */
export interface RequestContext {
  readonly accountId: string
  readonly apiId: string
  readonly domainName: string
  readonly routeKey: string
  readonly stage: string
  readonly requestId: string
  /** What comes before the path that was sent. */
  readonly rawPath: string
  readonly authorizer?: object
  readonly pathParameters?: Readonly<Record<string, string>>
}

/** @source Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs", payload format 2.0 */
export function eventOf(request: FrontRequest, context: RequestContext, now: Date): object {
  const { method, target, headers, body, sourceIp } = request
  const { accountId, apiId, domainName, routeKey, stage, requestId, rawPath, authorizer, pathParameters } = context
  const rawQueryString = target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''
  const query = new URLSearchParams(rawQueryString)
  const { cookie, ...others } = headers
  const isText = body.length === 0 || isTextual(headers['content-type'], headers['content-encoding'])
  return {
    ...{ version: '2.0', routeKey, rawPath, rawQueryString },
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: others,
    ...(rawQueryString === '' ? {} : { queryStringParameters: joined(query) }),
    requestContext: {
      ...{ accountId, apiId, domainName, domainPrefix: domainName.split('.')[0] },
      ...(authorizer === undefined ? {} : { authentication: null, authorizer }),
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      ...{ requestId, routeKey, stage, time: commonLogTime(now), timeEpoch: now.getTime() },
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    ...(pathParameters === undefined ? {} : { pathParameters }),
    isBase64Encoded: !isText,
  }
}

/** What a function answered, as HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

/**
 * Reads the answer of a function. One without a status is the body itself.
 * @returns undefined when it is nothing that a function may answer
 */
export function answerOf(payload: Buffer): HttpAnswer | undefined {
  const value = jsonOf(payload)
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const text = typeof value === 'string' ? value : payload.toString('utf8')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
  }
  const { body = '', isBase64Encoded = false } = value as { body?: unknown; isBase64Encoded?: unknown }
  const head = headOf(value)
  if (head === undefined || typeof body !== 'string') return undefined
  return { ...head, body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8') }
}

/** Status and headers, as an answer or the beginning of a streamed one says them. */
export function headOf(value: object): Omit<HttpAnswer, 'body'> | undefined {
  const { statusCode, headers = {}, cookies = [] } = value as Record<string, unknown>
  const status = Number(statusCode ?? 200)
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined
  if (typeof headers !== 'object' || headers === null || !Array.isArray(cookies)) return undefined
  const given = Object.entries(headers)
    .map(([name, content]) => [name.toLowerCase(), String(content)] as const)
    .filter(([name]) => !OF_CONNECTION.has(name))
  if (!given.every(([name, content]) => isHeader(name, content))) return undefined
  const all: Record<string, string | readonly string[]> = { 'content-type': 'application/json' }
  for (const [name, content] of given) all[name] = content
  if (cookies.length > 0) all['set-cookie'] = cookies.map(String)
  return { status, headers: all }
}

function isHeader(name: string, content: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, content)
    return true
  } catch {
    return false
  }
}

/** Set for the connection by whoever holds it. */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade'])

/** @source Amazon API Gateway Developer Guide, "Working with binary media types for HTTP APIs" */
function isTextual(type = 'text/plain', encoding = 'identity'): boolean {
  return encoding === 'identity' && /^(text\/|application\/(json|javascript|xml|[^;]+\+(json|xml)))/i.test(type)
}

function joined(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]))
}

function jsonOf(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return payload.toString('utf8')
  }
}

/** Such as `28/Nov/2026:16:15:00 +0000`. */
function commonLogTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? []
  return `${day}/${month}/${year}:${time} +0000`
}
