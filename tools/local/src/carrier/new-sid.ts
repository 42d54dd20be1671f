import { randomBytes } from 'node:crypto'

/** A new sid: the prefix that says of what, and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('hex')}`
}
