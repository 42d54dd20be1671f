import { type AddressInfo, connect, createServer } from 'node:net'

/** The wished port of the loopback interface when nothing uses it, else any free one that is not among `taken`. */
export async function freePort(wished: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  if (!taken.has(wished) && (await isFree(wished))) return wished
  for (;;) {
    const port = await listenOnce(0)
    if (port !== undefined && !taken.has(port)) return port
  }
}

/** Some systems let two programs listen on one port, one on loopback and one on all interfaces: so it is asked, too. */
async function isFree(port: number): Promise<boolean> {
  if ((await listenOnce(port)) === undefined) return false
  const answers = await Promise.all([doesAnswer(port, '127.0.0.1'), doesAnswer(port, '::1')])
  return !answers.includes(true)
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const { port: listening } = server.address() as AddressInfo
      server.close(() => resolve(listening))
    })
  })
}

function doesAnswer(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 }, () => {
      socket.destroy()
      resolve(true)
    })
    for (const event of ['error', 'timeout'] as const) {
      socket.once(event, () => {
        socket.destroy()
        resolve(false)
      })
    }
  })
}
