import type * as z from 'zod'
import type { ReadSecret } from './secrets-manager.ts'
import { StoredSecretError, type StoredSecretFailure } from './stored-secret-error.ts'

/** The part of a logger that is used. */
export interface SecretLogger {
  warn(message: string, fields: { readonly code: StoredSecretFailure }): void
}

export interface StoredSecretOptions<Value> {
  /** Name or ARN. */
  readonly id: string
  /** What the value looks like, when it has been read as JSON. */
  readonly schema: z.ZodType<Value>
  readonly read: ReadSecret
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
  readonly logger: SecretLogger
  /** So long a value is used before it is read again, in seconds. Default 300. */
  readonly ttlSec?: number
  /** Least time between two reads that are not due, in seconds. Default 10. */
  readonly restSec?: number
}

export interface StoredSecret<Value> {
  /** The value, the same object for as long as it does not change. @throws StoredSecretError when there was never one. */
  readonly get: () => Promise<Value>
  /**
   * The value as it is now, for whoever was refused with the one they have. Within `restSec` of the last read it is
   * that one again, so that refusals on purpose do not ask the store each time. @throws as `get` does.
   */
  readonly refresh: () => Promise<Value>
}

interface Held<Value> {
  readonly text: string
  readonly value: Value
}

/**
 * A stored secret that is read when first asked for, again after `ttlSec`, and by one call for everybody who waits.
 * A read that fails leaves the value that is there in use, says so in the log, and is tried again after `restSec`.
 */
export function storedSecret<Value>({
  id,
  schema,
  read,
  nowMs,
  logger,
  ttlSec = 300,
  restSec = 10,
}: StoredSecretOptions<Value>): StoredSecret<Value> {
  let held: Held<Value> | undefined
  let dueMs = Number.NEGATIVE_INFINITY
  let lastReadMs = Number.NEGATIVE_INFINITY
  let underWay: Promise<Value> | undefined

  const readAgain = async (): Promise<Value> => {
    lastReadMs = nowMs()
    try {
      const text = await read(id)
      if (text !== held?.text) held = { text, value: parsed(id, text, schema) }
      dueMs = nowMs() + ttlSec * 1000
      return held.value
    } catch (error) {
      if (held === undefined || !(error instanceof StoredSecretError)) throw error
      logger.warn(`the secret ${id} could not be read again, its last value stays in use`, { code: error.code })
      dueMs = nowMs() + restSec * 1000
      return held.value
    }
  }
  const readOnce = (): Promise<Value> => {
    underWay ??= readAgain().finally(() => {
      underWay = undefined
    })
    return underWay
  }

  return {
    get: async () => (held !== undefined && nowMs() < dueMs ? held.value : readOnce()),
    refresh: async () => (held !== undefined && nowMs() < lastReadMs + restSec * 1000 ? held.value : readOnce()),
  }
}

function parsed<Value>(id: string, text: string, schema: z.ZodType<Value>): Value {
  try {
    const result = schema.safeParse(JSON.parse(text))
    if (result.success) return result.data
  } catch {
    // A JSON parser's complaint quotes the text, so it does not become the cause.
  }
  throw new StoredSecretError(id, 'malformed')
}
