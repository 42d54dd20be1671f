import type { Backend } from './backend.ts'

export interface FetchBackendOptions {
  readonly fetch: typeof globalThis.fetch
  /** Longest wait for the backend's whole answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
}

/**
 * A backend over the runtime's own `fetch`, for functions: it is there before the first line of ours, where undici's
 * package is half of what a cold start has to read.
 */
export function fetchBackend({ fetch, timeoutMs = 10_000 }: FetchBackendOptions): Backend {
  return async ({ method, url, headers, body }) => {
    try {
      const response = await fetch(url, {
        ...{ method, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) },
        // It would ask for compressed answers, and then they would have to be opened here.
        headers: { 'accept-encoding': 'identity', ...headers },
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      })
      return {
        kind: 'answered',
        status: response.status,
        headers: new Map(response.headers),
        body: await response.arrayBuffer(),
      }
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'unreachable', status: 504 }
      if (isNetworkError(error)) return { kind: 'unreachable', status: 502 }
      throw error
    }
  }
}

/** Refused, reset, no route, name not found. @source undici, lib/web/fetch/index.js: "fetch failed", "terminated" */
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated')
}
