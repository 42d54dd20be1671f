import type { Duplex } from 'node:stream'

/** How long the rest of a refused request is read and thrown away, so that the viewer sees the answer and no reset. */
const LINGER_MS = 2000

/**
 * Answers what the HTTP parser refused: 413 for headers beyond every limit, 408 for a request that never ends, 400 for
 * everything that has two readings (both Content-Length and Transfer-Encoding, a bare line feed, …).
 */
export function refuseBrokenRequest(error: Error, socket: Duplex): void {
  if (!socket.writable || isGone(error)) {
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
