import { connect, type Socket } from 'node:net'

/** A connection over which bytes are sent as they are. */
export interface Conversation {
  /** All that came back so far, as Latin-1. */
  readonly received: () => string
  readonly isClosed: () => boolean
  send(text: string): void
  /** Says that nothing more will be sent. */
  finish(): void
  /** Resolves once `isEnough` or the other side closed. False when `patienceMs` went by without either. */
  until(isEnough: (received: string) => boolean, patienceMs?: number): Promise<boolean>
  destroy(): void
}

/** Opens a connection to a port of this machine. */
export async function converse(port: number): Promise<Conversation> {
  let received = ''
  let closed = false
  let check: () => void = () => undefined
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
    check()
  })
  // A refusal that is closed while more is being sent is a reset here; what counts is what was received.
  socket.on('error', () => socket.destroy())
  socket.on('end', () => socket.end())
  socket.on('close', () => {
    closed = true
    check()
  })
  return {
    received: () => received,
    isClosed: () => closed,
    send: (text) => void socket.write(text, 'latin1'),
    finish: () => void socket.end(),
    until: (isEnough, patienceMs = 20_000) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), patienceMs)
        check = () => {
          if (!closed && !isEnough(received)) return
          clearTimeout(timer)
          check = () => undefined
          resolve(true)
        }
        check()
      }),
    destroy: () => socket.destroy(),
  }
}
