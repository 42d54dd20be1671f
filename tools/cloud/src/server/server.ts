import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { CloudAnswer, CloudRequest } from '../wire/messages.ts'

/** A little more than a zip of 50 MB in base64, which Lambda is to refuse itself. */
const BODY_LIMIT_BYTES = 80 * 1024 * 1024

export interface Serving {
  readonly server: Server
  /** Settles when every request that has begun to arrive has been answered or cut. */
  readonly quiet: () => Promise<void>
}

/** Serves on a free port of loopback. */
export async function serve(answer: (request: CloudRequest) => Promise<CloudAnswer | 'cut'>): Promise<Serving> {
  const underWay = new Set<Promise<unknown>>()
  const server = createServer((incoming, outgoing) => {
    const served = readRequest(incoming).then(
      async (request) => (request === undefined ? incoming.destroy() : write(outgoing, await answer(request), request)),
      // The client went away in mid-request.
      () => incoming.destroy(),
    )
    underWay.add(served)
    void served.finally(() => underWay.delete(served))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const quiet = async () => {
    await Promise.allSettled(underWay)
  }
  return { server, quiet }
}

/** Ends a server at once, answered or not. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

/** Undefined: too large to be anything. */
async function readRequest(incoming: IncomingMessage): Promise<CloudRequest | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of incoming) {
    bytes += part.length
    if (bytes > BODY_LIMIT_BYTES) return undefined
    parts.push(part)
  }
  const [path = '/', ...query] = (incoming.url ?? '/').split('?')
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
    body: Buffer.concat(parts),
  }
}

function write(outgoing: ServerResponse, answer: CloudAnswer | 'cut', { method }: CloudRequest): void {
  if (answer === 'cut') {
    outgoing.socket?.destroy()
    return
  }
  const { 'content-length': _, ...headers } = answer.headers
  const length = method === 'HEAD' ? answer.headers['content-length'] : String(Buffer.byteLength(answer.body))
  outgoing.writeHead(answer.status, { ...headers, ...(length === undefined ? {} : { 'content-length': length }) })
  outgoing.end(method === 'HEAD' ? undefined : answer.body)
}
