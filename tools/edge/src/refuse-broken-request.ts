import type { Duplex } from 'node:stream'
import type { Exchange } from './exchanges.ts'

/** How long the rest of a refused request is read and thrown away, so that the viewer sees the answer and no reset. */
const LINGER_MS = 2000

/**
 * Answers what the HTTP parser refused: 413 for headers beyond every limit, 408 for a request that never ends, 400 for
 * everything that has two readings (both Content-Length and Transfer-Encoding, a bare line feed, …). `open` are the
 * connection's exchanges without a whole answer yet, in order: earlier answers go out first, and a refusal is never
 * written into the middle of one.
 */
export function refuseBrokenRequest(error: Error, socket: Duplex, open: readonly Exchange[]): void {
  if (!socket.writable || isGone(error)) {
    socket.destroy()
    return
  }
  const broken = open.find(({ incoming }) => !incoming.complete)
  const earlier = open.filter((exchange) => exchange !== broken).at(-1)
  broken?.abandon()
  if (earlier !== undefined) earlier.outgoing.once('close', () => refuse(error, socket, broken))
  else refuse(error, socket, broken)
}

function refuse(error: Error, socket: Duplex, broken: Exchange | undefined): void {
  // What follows a request that ends its connection is nobody's: it gets no answer.
  if (!socket.writable || codeOf(error) === 'HPE_CLOSED_CONNECTION') return
  if (broken?.outgoing.headersSent) {
    socket.destroy()
    return
  }
  const status = statusOf(error)
  const body = JSON.stringify({
    code: 'VALIDATION_ERROR',
    message: status === 413 ? 'The headers of this request are too long.' : 'This request cannot be understood.',
    requestId: '',
  })
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  socket.on('data', () => undefined)
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `cache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
  )
  socket.resume()
}

function statusOf(error: Error): 400 | 408 | 413 {
  const code = codeOf(error)
  if (code === 'HPE_HEADER_OVERFLOW') return 413
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

function isGone(error: Error): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
