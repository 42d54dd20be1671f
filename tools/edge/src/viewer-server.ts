import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { refuseBrokenRequest } from './refuse-broken-request.ts'
import { requestBytes } from './stages/request-size.ts'
import type { ViewerInfo } from './viewer-info.ts'

/** Larger than what the front door takes, so that it can refuse by itself, with an answer, what is too large. */
const PARSER_LIMIT_BYTES = 131_072

/** Methods that no Request can hold, and one that would open a tunnel. */
const UNREPRESENTABLE = ['CONNECT', 'TRACE', 'TRACK']

export type Handler = (request: Request, info: ViewerInfo) => Promise<Response>

/** An HTTP server that hands each request to `handle`; bodies stream both ways. It does not listen yet. */
export function createViewerServer(handle: Handler, onError: (error: unknown) => void): Server {
  const server = createServer(
    { maxHeaderSize: PARSER_LIMIT_BYTES, keepAliveTimeout: 65_000, headersTimeout: 60_000, requestTimeout: 300_000 },
    (incoming, outgoing) => {
      serve(incoming, outgoing, handle).catch((error: unknown) => {
        onError(error)
        outgoing.destroy()
      })
    },
  )
  server.on('clientError', refuseBrokenRequest)
  server.on('connect', (_request, socket) => socket.end(plainRefusal(403)))
  return server
}

/** Request and facts that a parsed Request cannot hold. Used for upgrades too. */
export function viewerRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
): { readonly request: Request; readonly info: ViewerInfo } {
  const { method = 'GET', url: target = '', rawHeaders } = incoming
  const headers = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  const hasBody = headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0
  const bodiless = method === 'GET' || method === 'HEAD' || !hasBody
  const request = new Request('http://viewer.invalid/', {
    method,
    headers,
    ...(bodiless ? {} : { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' }),
  })
  return {
    request,
    info: {
      target,
      ip: incoming.socket.remoteAddress ?? '',
      requestBytes: requestBytes(method, target, rawHeaders),
      hasBody,
      signal,
    },
  }
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, handle: Handler): Promise<void> {
  if (UNREPRESENTABLE.includes(incoming.method ?? '')) {
    outgoing.writeHead(403, { 'content-length': '0', connection: 'close' }).end()
    return
  }
  if (hostCount(incoming.rawHeaders) > 1) {
    outgoing.writeHead(400, { 'content-length': '0', connection: 'close' }).end()
    return
  }
  const gone = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const { request, info } = viewerRequest(incoming, gone.signal)
  const response = await handle(request, info)
  if (outgoing.destroyed) {
    await response.body?.cancel()
    return
  }
  // What was not read of a refused body is not read at all: the connection ends with the answer.
  if (info.hasBody && !incoming.readableEnded && (request.body === null || response.status >= 400)) {
    outgoing.setHeader('connection', 'close')
  }
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (response.body === null) {
    outgoing.end()
    return
  }
  await pass(response.body, outgoing)
}

/**
 * Passes a body on at the viewer's pace. When the viewer goes away the body is cancelled; when the body breaks, so does
 * the answer, lest a part be taken for the whole.
 */
async function pass(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader()
  const gone = () => void reader.cancel().catch(() => undefined)
  outgoing.once('close', gone)
  try {
    for (let next = await reader.read(); !next.done && !outgoing.destroyed; next = await reader.read()) {
      if (!outgoing.write(next.value)) await writable(outgoing)
    }
    outgoing.off('close', gone)
    if (!outgoing.destroyed) outgoing.end()
  } catch {
    outgoing.destroy()
  }
}

/** Resolves when there is room again, or nobody left to write to. */
function writable(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      outgoing.off('drain', go)
      outgoing.off('close', go)
      resolve()
    }
    outgoing.on('drain', go)
    outgoing.on('close', go)
    if (outgoing.destroyed) go()
  })
}

function hostCount(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length
}

function plainRefusal(status: number): string {
  return `HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
}
