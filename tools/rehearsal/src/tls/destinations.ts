import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { Destination } from './tls-world.ts'

/** An HTTP server of this process: it sees the viewer's address, and that TLS was spoken. */
export function toServer(server: Server): Destination {
  return (socket) => void server.emit('connection', socket)
}

/** A listener on loopback: it gets the bytes as they are, both ways, whatever they become. */
export function toPort(port: number): Destination {
  return (socket) => {
    const upstream = connect(port, '127.0.0.1')
    const end = (): void => {
      socket.destroy()
      upstream.destroy()
    }
    for (const side of [socket, upstream]) side.on('error', end).on('close', end)
    upstream.setNoDelay(true)
    socket.pipe(upstream).pipe(socket)
  }
}
