import { type HttpAnswer, httpRequest } from '@sax/http-request'
import type { Backend } from './backend.ts'

export interface HttpBackendOptions {
  /** Longest wait for the backend's whole answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number
}

/** A backend over HTTP with kept connections. */
export function httpBackend({ timeoutMs = 10_000 }: HttpBackendOptions = {}): Backend {
  return async ({ url, ...request }) => {
    const signal = AbortSignal.timeout(timeoutMs)
    let answer: HttpAnswer
    try {
      answer = await httpRequest(url, { ...request, signal })
    } catch (error) {
      if (signal.aborted) return { kind: 'unreachable', status: 504 }
      if (isNetworkError(error)) return { kind: 'unreachable', status: 502 }
      throw error
    }
    const { status, headers, body } = answer
    return { kind: 'answered', status, headers, body }
  }
}

/** Refused, reset, no route, name not found, a certificate of somebody else's. A request that Node cannot write is ours. */
function isNetworkError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !/^ERR_(INVALID|HTTP)_/.test(String(error.code))
}
