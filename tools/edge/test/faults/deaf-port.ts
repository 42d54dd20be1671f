import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface DeafPort {
  readonly url: URL
  close(): Promise<void>
}

/** Listens for one connection at a time, and then its thread never wakes up again. */
const LISTENER = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})`

/** How long the system's own handshake takes at the very most, on this machine. */
const HANDSHAKE_MS = 300

/** A port on which connections are begun and never made: its queue is full, and nobody empties it. */
export async function startDeafPort(): Promise<DeafPort> {
  const worker = new Worker(LISTENER, { eval: true })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const filling: Socket[] = []
  let isFull = false
  while (!isFull && filling.length < 20) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    filling.push(socket)
    isFull = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), HANDSHAKE_MS)
      socket.once('connect', () => {
        clearTimeout(timer)
        resolve(false)
      })
    })
  }
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close: async () => {
      for (const socket of filling) socket.destroy()
      await worker.terminate()
    },
  }
}
