import { DrizzleQueryError } from 'drizzle-orm'

/** Why the store could not do what it was asked. `message` names no data. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  /** `unavailable`: no answer from the database; nothing was stored unless `commit` was on its way. `unstorable_text`: a character PostgreSQL has no room for (NUL). */
  readonly code: 'unavailable' | 'unstorable_text'
  constructor(code: 'unavailable' | 'unstorable_text') {
    super(`store: ${code}`)
    this.code = code
  }
}

/**
 * Classes of SQLSTATE that say "not now": connection exceptions, a sign-in that is refused (a password is being
 * rotated), insufficient resources, operator intervention (which holds shutdown and statement timeouts), and a lock that
 * did not come free.
 * @source PostgreSQL manual, Appendix A "PostgreSQL Error Codes"
 */
const UNAVAILABLE_STATES = /^(08|28|53|57)|^(55P03|25P03)$/
const UNAVAILABLE_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
])
/** node-postgres gives these no code. @source pg 8.23 client.js, pg-pool index.js */
const UNAVAILABLE_MESSAGES =
  /^(timeout exceeded when trying to connect|timeout expired|query read timeout|connection terminated|client has encountered a connection error|client was closed|cannot use a pool after)/i

const UNSTORABLE_TEXT = new Set(['22021', '22P05'])

/** What an error of the driver means to a caller: a `StoreError`, or the error itself when it is a defect of ours. */
export function storeErrorOf(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (!(cause instanceof Error)) return error
  if (isUnavailable(cause)) return new StoreError('unavailable')
  return UNSTORABLE_TEXT.has(codeOf(cause)) ? new StoreError('unstorable_text') : cause
}

/** True for a connection that the other side closed while nobody looked; a new one may well be taken. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ['ECONNRESET', 'EPIPE', '57P01'].includes(codeOf(error)) ||
    /^connection terminated unexpectedly/i.test(error.message)
  )
}

function isUnavailable(error: Error): boolean {
  if (error instanceof AggregateError) return error.errors.some((one) => one instanceof Error && isUnavailable(one))
  const code = codeOf(error)
  return UNAVAILABLE_STATES.test(code) || UNAVAILABLE_SYSTEM_CODES.has(code) || UNAVAILABLE_MESSAGES.test(error.message)
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
