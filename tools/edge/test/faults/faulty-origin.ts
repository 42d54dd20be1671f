import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What an origin does once a request's head has come. `attempt` counts from 1. */
export type Behaviour = (socket: Socket, attempt: number) => void

export interface FaultyOrigin {
  readonly url: URL
  /** Requests whose head came since the behaviour was chosen. */
  readonly attempts: () => number
  /** How many connections are open. */
  readonly openConnections: () => number
  behave(behaviour: Behaviour): void
  /** Resolves when the connection of the last request has ended. */
  readonly left: () => Promise<void>
  close(): Promise<void>
}

const whole: Behaviour = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell')

/** An origin that writes bytes as it likes. Until told otherwise it answers as it should. */
export async function startFaultyOrigin(): Promise<FaultyOrigin> {
  let behaviour = whole
  let attempts = 0
  let left = Promise.withResolvers<void>()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    let head = ''
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      left.resolve()
    })
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1')
      // One request at a time and no body that matters: what follows a head is swallowed.
      if (!head.includes('\r\n\r\n')) return
      head = ''
      if (!/^[A-Z]+ /.test(bytes.toString('latin1'))) return
      attempts += 1
      left = Promise.withResolvers()
      behaviour(socket, attempts)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    attempts: () => attempts,
    openConnections: () => open.size,
    behave(next) {
      behaviour = next
      attempts = 0
    },
    left: () => left.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** A port that nobody listens on. */
export async function refusingPort(): Promise<URL> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return new URL(`http://127.0.0.1:${port}`)
}
