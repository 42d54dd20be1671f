import type { Distribution } from '../config/distribution.ts'
import { type EventType, isDisallowed } from './restricted-headers.ts'

/** One value of a query, header or cookie; with `multiValue`, all of them, the first one included. */
export interface EventValue {
  readonly value: string
  readonly attributes?: string | undefined
  readonly multiValue?: readonly { readonly value: string; readonly attributes?: string | undefined }[] | undefined
}

export type EventValues = Readonly<Record<string, EventValue>>

/** What a function is told of a request. Path and query are as they were sent: nothing is decoded. */
export interface EventRequest {
  readonly method: string
  readonly uri: string
  readonly querystring: EventValues
  readonly headers: EventValues
  readonly cookies: EventValues
}

export interface EventResponse {
  readonly statusCode: number
  readonly statusDescription: string
  readonly headers: EventValues
  readonly cookies: EventValues
}

/** @source AWS CloudFront Developer Guide, "CloudFront Functions event structure" */
export interface FunctionEvent {
  readonly version: '1.0'
  readonly context: {
    readonly distributionDomainName: string
    readonly distributionId: string
    readonly eventType: EventType
    readonly requestId: string
  }
  readonly viewer: { readonly ip: string }
  readonly request: EventRequest
  readonly response?: EventResponse
}

/** A viewer's request as the steps see it and change it. */
export interface ViewerRequest {
  readonly method: string
  /** Path as sent or as a function made it, without the query. */
  readonly uri: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly headers: Headers
}

/** What an event says beside request and response. */
export interface EventFacts {
  readonly distribution: Pick<Distribution, 'id' | 'domainName'>
  readonly requestId: string
  readonly ip: string
}

export function functionEvent(
  eventType: EventType,
  { distribution, requestId, ip }: EventFacts,
  request: EventRequest,
  response?: EventResponse,
): FunctionEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType,
      requestId,
    },
    viewer: { ip },
    request,
    ...(response === undefined ? {} : { response }),
  }
}

/** A header that was sent twice is one value here, joined by a comma: a parsed request no longer knows better. */
export function eventRequest({ method, uri, query, headers }: ViewerRequest): EventRequest {
  return {
    method,
    uri,
    querystring: grouped(pairsOf(query, '&')),
    headers: visible(headers, 'cookie'),
    cookies: grouped(pairsOf(headers.get('cookie') ?? '', ';')),
  }
}

export function eventResponse({ status, statusText, headers }: Response): EventResponse {
  const cookies = headers.getSetCookie().map((line): [string, EventValue] => {
    const [pair = '', ...attributes] = line.split(';')
    const [[name, value] = ['', '']] = pairsOf(pair, ';')
    return [name, { value, ...(attributes.length === 0 ? {} : { attributes: attributes.join(';').trim() }) }]
  })
  return {
    statusCode: status,
    statusDescription: statusText,
    headers: visible(headers, 'set-cookie'),
    cookies: groupedValues(cookies),
  }
}

function visible(headers: Headers, apart: string): EventValues {
  const seen = Object.create(null) as Record<string, EventValue>
  for (const [name, value] of headers) if (name !== apart && !isDisallowed(name)) seen[name] = { value }
  return seen
}

function pairsOf(text: string, separator: '&' | ';'): readonly (readonly [name: string, value: string])[] {
  return text.split(separator).flatMap((piece) => {
    const pair = separator === ';' ? piece.trim() : piece
    const at = pair.indexOf('=')
    if (pair === '') return []
    return [at === -1 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const)]
  })
}

function grouped(pairs: readonly (readonly [name: string, value: string])[]): EventValues {
  return groupedValues(pairs.map(([name, value]) => [name, { value }]))
}

function groupedValues(pairs: readonly (readonly [name: string, value: EventValue])[]): EventValues {
  const all = Object.create(null) as Record<string, EventValue>
  for (const [name, value] of pairs) {
    const before = all[name]
    all[name] = before === undefined ? value : { ...before, multiValue: [...(before.multiValue ?? [before]), value] }
  }
  return all
}
