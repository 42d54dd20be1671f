import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { readStrictly, type StrictRequest } from './strict-reader.ts'

export interface RecordingOrigin {
  readonly url: URL
  /** Complete requests since it was last cleared, over all connections, as they came. */
  readonly requests: StrictRequest[]
  /** Texts that a strict reader cannot understand: the front door must never write one. */
  readonly broken: string[]
  /** Connections opened so far. */
  readonly connections: () => number
  close(): Promise<void>
}

/**
 * An origin without an HTTP parser of its own: it reads what the front door wrote with the strict reader, keeps each
 * request, and answers it with its target, so that an answer to somebody else's request is recognised.
 */
export async function startRecordingOrigin(): Promise<RecordingOrigin> {
  const requests: StrictRequest[] = []
  const broken: string[] = []
  const open = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    open.add(socket)
    connections += 1
    let unread = ''
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
    socket.on('data', (bytes) => {
      unread += bytes.toString('latin1')
      const reading = readStrictly(unread)
      if (reading.end === 'broken') broken.push(unread)
      requests.push(...reading.requests)
      for (const request of reading.requests) socket.write(answerTo(request), 'latin1')
      unread = unread.slice(reading.rest)
      if (reading.end === 'broken') socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests,
    broken,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

function answerTo({ method, target }: StrictRequest): string {
  const body = `${method} ${target}`
  const head = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n`
  return method === 'HEAD' ? head : head + body
}
