import type { Server, Socket } from 'node:net'

/** Something that listens on loopback. */
export interface Listening {
  readonly port: number
  /** Takes no more connections and breaks those that are open. */
  readonly close: () => Promise<void>
}

/** @param open the connections that `server` has taken, kept by whoever takes them */
export async function listenOnLoopback(server: Server, open: ReadonlySet<Socket>): Promise<Listening> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
