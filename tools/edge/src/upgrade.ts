import { type IncomingMessage, type Server, request as send } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Edge, Forward } from './edge.ts'
import { hasTwoReadings } from './two-readings.ts'
import { viewerRequest } from './viewer-server.ts'

/**
 * Lets a server pass WebSockets on, by the same decisions as every other request. Hot reload needs it; nothing that
 * runs outside of development does.
 */
export function passUpgrades(server: Server, edge: Edge): void {
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    // Anything else than a WebSocket would be a way around the front door: HTTP/2 without TLS, for one.
    if (incoming.headers.upgrade?.toLowerCase() !== 'websocket' || hasTwoReadings(incoming)) return refuse(socket)
    const gone = new AbortController()
    const { request, info } = viewerRequest(incoming, gone.signal)
    const decision = edge.decide(request, info)
    const url = decision.kind === 'forward' ? decision.origin.url : undefined
    if (decision.kind !== 'forward' || url === undefined) return refuse(socket)
    passOn(decision, url, incoming, socket, head)
  })
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
}

function passOn(
  { request: { headers } }: Forward,
  url: URL,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const outgoing = send(url, {
    // Not the decision's: the policy of static files would take the query away, which only hot reload has here.
    path: incoming.url ?? '/',
    headers: { ...Object.fromEntries(headers), ...handshake(incoming), host: url.host },
  })
  outgoing.on('upgrade', (answer, upstream, upstreamHead) => {
    const lines = answer.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1] ?? ''}`] : []))
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    if (upstreamHead.length > 0) socket.write(upstreamHead)
    if (head.length > 0) upstream.write(head)
    upstream.on('error', () => socket.destroy())
    upstream.on('close', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
    upstream.pipe(socket).pipe(upstream)
  })
  outgoing.on('response', (answer) => {
    socket.end(`HTTP/1.1 ${answer.statusCode ?? 502} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
    answer.resume()
  })
  outgoing.on('error', () => socket.end('HTTP/1.1 502 Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'))
  outgoing.end()
}

/** What the handshake needs and every other request is stripped of. */
function handshake({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name.startsWith('sec-websocket-') || name === 'origin')
  return {
    connection: 'upgrade',
    upgrade: headers.upgrade ?? '',
    ...(Object.fromEntries(kept) as Record<string, string>),
  }
}
