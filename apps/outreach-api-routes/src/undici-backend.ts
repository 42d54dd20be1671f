import { Agent, errors, request } from 'undici'
import type { Backend } from './backend.ts'

export interface UndiciBackendOptions {
  /** Longest wait for the backend's answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
  /** Longest wait for a connection, in milliseconds. Default 2,000. */
  readonly connectTimeoutMs?: number
}

/** Kept to the backend. */
const CONNECTIONS = 64

/** A backend over HTTP with kept connections. `close` ends them. */
export function undiciBackend({ timeoutMs = 10_000, connectTimeoutMs = 2_000 }: UndiciBackendOptions = {}): {
  readonly send: Backend
  readonly close: () => Promise<void>
} {
  const dispatcher = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  const send: Backend = async ({ method, url, headers, body }) => {
    try {
      const response = await request(url, { dispatcher, method, headers, body: body ?? null })
      return {
        kind: 'answered',
        status: response.statusCode,
        headers: new Map(
          Object.entries(response.headers).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value] as const] : [],
          ),
        ),
        body: await response.body.arrayBuffer(),
      }
    } catch (error) {
      if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
        return { kind: 'unreachable', status: 504 }
      if (error instanceof errors.UndiciError || isSystemError(error)) return { kind: 'unreachable', status: 502 }
      throw error
    }
  }
  return { send, close: () => dispatcher.close() }
}

/** Refused, reset, no route, name not found: failures of the network, not ours. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
