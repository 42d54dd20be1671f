import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'

export const MECHANISM = 'SCRAM-SHA-256'

/** One sign-in by SCRAM-SHA-256, without channel binding. @source RFC 5802, section 3; RFC 7677 */
export interface Scram {
  readonly clientFirst: string
  /** The answer to the server's first message. @throws Error when the message is not the server's to this sign-in */
  readonly answer: (serverFirst: string) => string
  /** Whether the server's last message proves that it knows the password as well. */
  readonly isProven: (serverFinal: string) => boolean
}

/** `nonce` is never used twice. `user`: PostgreSQL looks at the one of the startup message instead. */
export function startScram(password: string, nonce: string, user = ''): Scram {
  const bare = `n=${user},r=${nonce}`
  let proof = ''
  return {
    clientFirst: `n,,${bare}`,
    answer: (serverFirst) => {
      const said = fieldsOf(serverFirst)
      const iterations = Number(said.i)
      if (said.r === undefined || !said.r.startsWith(nonce) || said.s === undefined || !(iterations > 0)) {
        throw new Error('the server does not answer this sign-in')
      }
      const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(said.s, 'base64'), iterations, 32, 'sha256')
      const clientKey = hmac(salted, 'Client Key')
      const withoutProof = `c=biws,r=${said.r}`
      const whole = `${bare},${serverFirst},${withoutProof}`
      const signature = hmac(createHash('sha256').update(clientKey).digest(), whole)
      proof = hmac(hmac(salted, 'Server Key'), whole).toString('base64')
      const given = Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0)))
      return `${withoutProof},p=${given.toString('base64')}`
    },
    isProven: (serverFinal) => {
      const said = Buffer.from(fieldsOf(serverFinal).v ?? '')
      const right = Buffer.from(proof)
      return proof !== '' && said.length === right.length && timingSafeEqual(said, right)
    },
  }
}

function fieldsOf(message: string): Partial<Record<string, string>> {
  return Object.fromEntries(message.split(',').map((field) => [field.slice(0, 1), field.slice(2)]))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
