import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@sax/logging'
import { REQUEST_ID_HEADER } from '@sax/topology'
import { placeOf } from './routing/places.ts'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/**
 * Writes one line per request when its answer is complete. Taken from Node's HTTP server rather than from the proxy,
 * which knows neither the status of a page or a carried request nor how long it took. Hashed files only while debugging.
 * @param nowMs milliseconds that only grow
 * @source Node.js documentation, "Diagnostics Channel", built-in channels of HTTP
 */
export function logRequests(logger: Logger, nowMs: () => number): void {
  const started = new WeakMap<object, { readonly atMs: number; readonly path: string }>()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as Exchange
    // Next rewrites `url` on its way; this is what was asked. The query may hold a search and is not kept.
    started.set(request, { atMs: nowMs(), path: (request.url ?? '').split('?', 1)[0] ?? '' })
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as Exchange
    const start = started.get(request)
    if (start === undefined) return
    const requestId = response.getHeader(REQUEST_ID_HEADER) ?? request.headers[REQUEST_ID_HEADER]
    logger[isFile(start.path) ? 'debug' : 'info']('request', {
      requestId: typeof requestId === 'string' ? requestId : undefined,
      method: request.method,
      path: start.path,
      status: response.statusCode,
      durationMs: Math.round((nowMs() - start.atMs) * 10) / 10,
    })
  })
}

function isFile(path: string): boolean {
  const place = placeOf(path)
  return place.kind === 'static' || (place.kind === 'zone' && place.area === 'assets')
}
