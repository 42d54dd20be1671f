import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@sax/logging'
import { isUnder, outreach } from '@sax/topology'
import { requestIdOf } from './request-id.ts'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

export interface HopLogOptions {
  readonly logger: Logger
  /** Milliseconds that only grow. */
  readonly nowMs: () => number
}

/**
 * Writes one `request` line for each answer of this process's HTTP server. Node's own channels are used because a
 * Next proxy knows neither the status nor the end of an answer. Files are only of interest while debugging.
 * @source Node.js documentation, "Diagnostics Channel", built-in channels of HTTP
 */
export function writeHopLog({ logger, nowMs }: HopLogOptions): void {
  const started = new WeakMap<object, { readonly atMs: number; readonly path: string }>()
  channel('http.server.request.start').subscribe((message) => {
    const { request } = message as Exchange
    // Next rewrites `url` on its way; this is what was asked. The query may hold a search and is not kept.
    started.set(request, { atMs: nowMs(), path: (request.url ?? '').split('?', 1)[0] ?? '' })
  })
  channel('http.server.response.finish').subscribe((message) => {
    const { request, response } = message as Exchange
    const start = started.get(request)
    if (start === undefined) return
    const { path } = start
    const level = isUnder(path, outreach.assetPrefix) || isUnder(path, `${outreach.basePath}/_next`) ? 'debug' : 'info'
    logger[level]('request', {
      requestId: answeredId(request, response),
      method: request.method,
      path,
      status: response.statusCode,
      durationMs: Math.round((nowMs() - start.atMs) * 10) / 10,
    })
  })
}

/** The id the answer carries, which is the one the proxy settled on; files and health answers carry none. */
function answeredId(request: IncomingMessage, response: ServerResponse): string {
  const answered = response.getHeader('x-request-id')
  const given = typeof answered === 'string' ? answered : request.headers['x-request-id']
  return requestIdOf({ get: () => (typeof given === 'string' ? given : null) })
}
