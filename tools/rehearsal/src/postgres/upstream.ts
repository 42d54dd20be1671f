import { connect, type Socket } from 'node:net'
import { serialize } from 'pg-protocol'
import { fatalError, type Message, readMessage } from './packets.ts'
import { MECHANISM, startScram } from './scram.ts'

/** `refused` holds the server's own ErrorResponse. */
export type SignedIn =
  | { readonly kind: 'open'; readonly socket: Socket; readonly authenticationOk: Buffer }
  | { readonly kind: 'refused'; readonly error: Buffer; readonly sqlState: string }

export interface SignIn {
  readonly port: number
  /** The startup message, whole. */
  readonly startup: Buffer
  readonly password: string
  readonly newNonce: () => string
}

/**
 * Signs in at the PostgreSQL on loopback. An open socket is paused right behind the server's consent; what follows on it
 * is the session. @source PostgreSQL Documentation, "Message Flow" and "SASL Authentication"
 */
export async function signIn({ port, startup, password, newNonce }: SignIn): Promise<SignedIn> {
  const socket = connect(port, '127.0.0.1')
  // Whoever reads learns of it by the end of the stream.
  socket.on('error', () => socket.destroy())
  socket.setNoDelay(true)
  socket.write(startup)
  const scram = startScram(password, newNonce())
  for (let message = await readMessage(socket); message !== undefined; message = await readMessage(socket)) {
    if (message.type === 'E') {
      socket.destroy()
      return { kind: 'refused', error: message.bytes, sqlState: fieldOf(message, 'C') }
    }
    if (message.type !== 'R') continue
    const [code, data] = [message.body.readInt32BE(0), message.body.subarray(4)]
    if (code === OK) return { kind: 'open', socket, authenticationOk: message.bytes }
    if (code === SASL) {
      socket.write(serialize.sendSASLInitialResponseMessage(MECHANISM, scram.clientFirst))
    } else if (code === SASL_CONTINUE) {
      socket.write(serialize.sendSCRAMClientFinalMessage(scram.answer(data.toString('utf8'))))
    } else if (code !== SASL_FINAL || !scram.isProven(data.toString('utf8'))) {
      break
    }
  }
  socket.destroy()
  return { kind: 'refused', error: fatalError('08006', 'the database does not answer'), sqlState: '08006' }
}

const [OK, SASL, SASL_CONTINUE, SASL_FINAL] = [0, 10, 11, 12]

/** Field of an ErrorResponse, by its letter. */
function fieldOf({ body }: Message, letter: string): string {
  const field = body
    .toString('utf8')
    .split('\0')
    .find((one) => one.startsWith(letter))
  return field?.slice(1) ?? ''
}

/** Runs statements in a session that is open, and gives the first column of all rows. @throws Error in the server's words */
export async function ask(socket: Socket, statements: string): Promise<readonly string[]> {
  socket.write(serialize.query(statements))
  return untilReady(socket)
}

/**
 * Rows that come before the session is ready for the next statement. Once, before the first one, it has to be waited for
 * without asking. @throws Error in the server's words
 */
export async function untilReady(socket: Socket): Promise<readonly string[]> {
  const rows: string[] = []
  let failure: string | undefined
  for (let message = await readMessage(socket); message !== undefined; message = await readMessage(socket)) {
    if (message.type === 'D') rows.push(firstColumn(message.body))
    if (message.type === 'E') failure ??= fieldOf(message, 'M')
    if (message.type === 'Z') {
      if (failure !== undefined) throw new Error(failure)
      return rows
    }
  }
  throw new Error('the database ended the connection')
}

function firstColumn(body: Buffer): string {
  const length = body.readInt32BE(2)
  return length === -1 ? '' : body.toString('utf8', 6, 6 + length)
}
