import type { Duplex } from 'node:stream'

/** A PostgreSQL message: its letter, and the whole of its bytes. */
export interface Message {
  readonly type: string
  readonly body: Buffer
  readonly bytes: Buffer
}

/** What a connection may begin with. @source PostgreSQL Documentation, "Message Formats" */
export type FirstPacket =
  | { readonly kind: 'ssl' }
  | { readonly kind: 'gss' }
  | { readonly kind: 'cancel'; readonly bytes: Buffer }
  | {
      readonly kind: 'startup'
      /** Major and minor as one number: 196608 is 3.0. */
      readonly version: number
      readonly parameters: ReadonlyMap<string, string>
      readonly bytes: Buffer
    }

const [SSL_REQUEST, GSS_REQUEST, CANCEL_REQUEST] = [80_877_103, 80_877_104, 80_877_102]
/** As PostgreSQL itself limits them. @source PostgreSQL, src/include/libpq/pqcomm.h (MAX_STARTUP_PACKET_LENGTH) */
const MAX_STARTUP_BYTES = 10_000
const MAX_MESSAGE_BYTES = 1_000_000
export const PROTOCOL_3_0 = 196_608

/** Undefined: the connection ended, or what came is no PostgreSQL. */
export async function readFirstPacket(socket: Duplex): Promise<FirstPacket | undefined> {
  const head = await take(socket, 8)
  if (head === undefined) return undefined
  const [length, code] = [head.readInt32BE(0), head.readInt32BE(4)]
  if (length < 8 || length > MAX_STARTUP_BYTES) return undefined
  const rest = length === 8 ? Buffer.alloc(0) : await take(socket, length - 8)
  if (rest === undefined) return undefined
  const bytes = Buffer.concat([head, rest])
  if (code === SSL_REQUEST) return { kind: 'ssl' }
  if (code === GSS_REQUEST) return { kind: 'gss' }
  if (code === CANCEL_REQUEST) return { kind: 'cancel', bytes }
  const words = rest.toString('utf8').split('\0')
  const parameters = new Map<string, string>()
  for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2) parameters.set(words[i] ?? '', words[i + 1] ?? '')
  return { kind: 'startup', version: code, parameters, bytes }
}

/** Undefined: the connection ended. */
export async function readMessage(socket: Duplex): Promise<Message | undefined> {
  const head = await take(socket, 5)
  if (head === undefined) return undefined
  const length = head.readInt32BE(1) - 4
  if (length < 0 || length > MAX_MESSAGE_BYTES) return undefined
  const body = length === 0 ? Buffer.alloc(0) : await take(socket, length)
  if (body === undefined) return undefined
  return { type: head.toString('latin1', 0, 1), body, bytes: Buffer.concat([head, body]) }
}

/** AuthenticationCleartextPassword: how RDS asks for a token. */
export const ASK_FOR_PASSWORD = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])

/** An ErrorResponse that ends the connection. @source PostgreSQL Documentation, "Error and Notice Message Fields" */
export function fatalError(sqlState: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E', 'latin1')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

/** A text up to its closing zero. */
export function textOf(body: Buffer): string {
  const end = body.indexOf(0)
  return body.toString('utf8', 0, end === -1 ? body.length : end)
}

/** Exactly so many bytes, and nothing beyond them. Undefined: the connection ended before they came. */
function take(socket: Duplex, bytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const finish = (chunk: Buffer | undefined): void => {
      socket.off('readable', read).off('end', ended).off('close', ended).off('error', ended)
      resolve(chunk)
    }
    const read = (): void => {
      const chunk = socket.read(bytes) as Buffer | null
      // At the end of a stream, read gives what there is.
      if (chunk !== null) finish(chunk.length === bytes ? chunk : undefined)
    }
    const ended = (): void => finish(undefined)
    if (socket.destroyed || socket.readableEnded) return ended()
    socket.on('readable', read).on('end', ended).on('close', ended).on('error', ended)
    read()
  })
}
