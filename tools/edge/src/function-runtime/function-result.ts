import { z } from 'zod'
import type { EventRequest, EventResponse, EventValues, ViewerRequest } from './function-event.ts'
import { type EventType, isDisallowed, readOnlyHeaders } from './restricted-headers.ts'

/** Why an answer of a function cannot be used; all of them are 502 FunctionValidationError. Closed set. */
export type ValidationFault =
  | 'not_an_object'
  | 'wrong_shape'
  | 'header_not_lower_case'
  | 'disallowed_header'
  | 'read_only_header'
  | 'method_changed'

export type Validated<Value> =
  | { readonly kind: 'valid'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly fault: ValidationFault }

const one = z.object({ value: z.coerce.string(), attributes: z.string().optional() })
const values = z.record(z.string(), one.extend({ multiValue: z.array(one).optional() }))

const requestShape = z.object({
  method: z.string(),
  uri: z.string().min(1),
  querystring: values.default({}),
  headers: values,
  cookies: values.default({}),
})

const responseShape = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  statusDescription: z.string().optional(),
  headers: values.default({}),
  cookies: values.default({}),
  body: z.union([z.string(), z.object({ encoding: z.enum(['text', 'base64']), data: z.string() })]).optional(),
})

/** A response that a function made or changed, ready to be sent. `body` undefined: the function did not set one. */
export interface FunctionResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer> | undefined
}

/** What a viewer-request function answered: the request to go on with, or a response that ends the way. */
export type RequestResult =
  | { readonly kind: 'request'; readonly request: ViewerRequest }
  | { readonly kind: 'response'; readonly response: FunctionResponse }

/**
 * Checks what a viewer-request function returned. What it did not touch stays as the viewer wrote it, to the letter;
 * headers that no function sees stay too.
 * @source AWS CloudFront Developer Guide, "Restrictions on edge functions" and "CloudFront Functions event structure"
 */
export function requestResult(returned: unknown, before: ViewerRequest, sent: EventRequest): Validated<RequestResult> {
  if (typeof returned !== 'object' || returned === null) return invalid('not_an_object')
  if ('statusCode' in returned) {
    const made = responseResult(returned, 'viewer-request', undefined)
    return made.kind === 'valid' ? valid({ kind: 'response', response: made.value }) : made
  }
  const parsed = requestShape.safeParse(returned)
  if (!parsed.success) return invalid('wrong_shape')
  const { method, uri, querystring, headers, cookies } = parsed.data
  if (method !== before.method) return invalid('method_changed')
  const fault = headerFault(headers, sent.headers, 'viewer-request', 'cookie')
  if (fault !== undefined) return invalid(fault)
  const after = written(headers)
  for (const [name, value] of before.headers) if (isDisallowed(name)) after.set(name, value)
  const raw = returned as { readonly querystring?: unknown; readonly cookies?: unknown }
  const cookie = same(raw.cookies, sent.cookies) ? before.headers.get('cookie') : pairs(cookies, '; ')
  if (cookie) after.set('cookie', cookie)
  const query = same(raw.querystring, sent.querystring) ? before.query : pairs(querystring, '&')
  return valid({ kind: 'request', request: { method, uri, query, headers: after } })
}

/**
 * Checks a response that a function returned. `sent` is the response the function was shown, or undefined when there
 * was none yet.
 */
export function responseResult(
  returned: unknown,
  event: EventType,
  sent: EventResponse | undefined,
): Validated<FunctionResponse> {
  const parsed = responseShape.safeParse(returned)
  if (!parsed.success) return invalid(typeof returned === 'object' ? 'wrong_shape' : 'not_an_object')
  const { statusCode, headers, cookies, body } = parsed.data
  const fault = headerFault(headers, sent?.headers, event, 'set-cookie')
  if (fault !== undefined) return invalid(fault)
  const after = written(headers)
  for (const [name, { multiValue, ...single }] of Object.entries(cookies)) {
    for (const { value, attributes } of multiValue ?? [single]) {
      after.append('set-cookie', `${name}=${value}${attributes ? `; ${attributes}` : ''}`)
    }
  }
  return valid({ status: statusCode, headers: after, body: body === undefined ? undefined : bytesOf(body) })
}

/** Cookies have a place of their own in an event; as a header they are refused (documented only second-hand). */
function headerFault(
  after: EventValues,
  before: EventValues | undefined,
  event: EventType,
  apart: string,
): ValidationFault | undefined {
  for (const name of Object.keys(after)) {
    if (name !== name.toLowerCase()) return 'header_not_lower_case'
    if (isDisallowed(name) || name === apart) return 'disallowed_header'
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return 'wrong_shape'
    for (const { value } of after[name]?.multiValue ?? [after[name] ?? { value: '' }]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these cannot be in a header
      if (/[\u0000\r\n]|[^\u0000-\u00ff]/.test(value)) return 'wrong_shape'
    }
  }
  const changed = readOnlyHeaders(event).some((name) => after[name]?.value !== before?.[name]?.value)
  return changed ? 'read_only_header' : undefined
}

function written(headers: EventValues): Headers {
  const after = new Headers()
  for (const [name, { value, multiValue }] of Object.entries(headers)) {
    for (const single of multiValue ?? [{ value }]) after.append(name, single.value)
  }
  return after
}

function pairs(all: EventValues, separator: string): string {
  return Object.entries(all)
    .flatMap(([name, { value, multiValue }]) => (multiValue ?? [{ value }]).map((single) => [name, single.value]))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join(separator)
}

function same(after: unknown, before: EventValues): boolean {
  return JSON.stringify(after) === JSON.stringify(before)
}

function bytesOf(body: string | { readonly encoding: 'text' | 'base64'; readonly data: string }) {
  if (typeof body === 'string') return new Uint8Array(Buffer.from(body))
  return new Uint8Array(Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8'))
}

function valid<Value>(value: Value): { readonly kind: 'valid'; readonly value: Value } {
  return { kind: 'valid', value }
}

function invalid(fault: ValidationFault): { readonly kind: 'invalid'; readonly fault: ValidationFault } {
  return { kind: 'invalid', fault }
}
