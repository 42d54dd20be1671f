import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createExchanges } from './exchanges.ts'
import { refuseBrokenRequest } from './refuse-broken-request.ts'
import { requestBytes } from './stages/request-size.ts'
import { hasTwoReadings } from './two-readings.ts'
import type { ViewerInfo } from './viewer-info.ts'
import { webStream } from './web-stream.ts'

/** Larger than what the front door takes, so that it can refuse by itself, with an answer, what is too large. */
const PARSER_LIMIT_BYTES = 131_072

/** Methods that no Request can hold, and one that would open a tunnel. */
const UNREPRESENTABLE = ['CONNECT', 'TRACE', 'TRACK']

export type Handler = (request: Request, info: ViewerInfo) => Promise<Response>

/** An HTTP server that hands each request to `handle`; bodies stream both ways. It does not listen yet. */
export function createViewerServer(handle: Handler, onError: (error: unknown) => void): Server {
  const exchanges = createExchanges()
  const ended = new WeakSet<Duplex>()
  const broken = new WeakSet<Duplex>()
  const server = createServer(
    {
      maxHeaderSize: PARSER_LIMIT_BYTES,
      ...{ keepAliveTimeout: 65_000, headersTimeout: 60_000, requestTimeout: 300_000 },
      // Refused here, so that nothing behind such a request is answered.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      const { socket } = incoming
      const gone = new AbortController()
      const start = (): void => {
        // Nothing behind a request that ended its connection is answered, so nothing of it may be done.
        if (ended.has(socket) || socket.destroyed || gone.signal.aborted) return
        serve(incoming, outgoing, { handle, gone, end: () => void ended.add(socket) }).catch((error: unknown) => {
          onError(error)
          outgoing.destroy()
        })
      }
      const before = exchanges.openOn(socket).at(-1)
      exchanges.begin(socket, { incoming, outgoing, abandon: () => gone.abort() })
      // One after the other, also when they were sent at once: the second may count on what the first did.
      if (before === undefined) start()
      else before.outgoing.once('close', start)
    },
  )
  server.on('clientError', (error, socket) => {
    // Each further packet is an error once more.
    if (ended.has(socket) || broken.has(socket)) return
    broken.add(socket)
    refuseBrokenRequest(error, socket, exchanges.openOn(socket))
  })
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
    ...(bodiless ? {} : { body: webStream(incoming, () => void incoming.resume()), duplex: 'half' }),
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

interface Serving {
  readonly handle: Handler
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortController
  /** Called when this is the connection's last answer. */
  readonly end: () => void
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { handle, gone, end }: Serving,
): Promise<void> {
  const refusal = refusalOf(incoming)
  if (refusal !== undefined) {
    end()
    outgoing.writeHead(refusal, { 'content-length': '0', connection: 'close' }).end()
    return
  }
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const { request, info } = viewerRequest(incoming, gone.signal)
  const response = await handle(request, info)
  if (outgoing.destroyed || gone.signal.aborted) {
    await response.body?.cancel()
    return
  }
  // What was not read of a refused body is not read at all: the connection ends with the answer. So does one that was to
  // become something else, for the parser has thrown away what followed.
  const isUnread = info.hasBody && !incoming.readableEnded && (request.body === null || response.status >= 400)
  if (isUnread || incoming.headers.upgrade !== undefined) {
    outgoing.setHeader('connection', 'close')
    end()
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

function refusalOf(incoming: IncomingMessage): 400 | 403 | undefined {
  if (UNREPRESENTABLE.includes(incoming.method ?? '')) return 403
  return hasTwoReadings(incoming) ? 400 : undefined
}

function plainRefusal(status: number): string {
  return `HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
}
