import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Agent, errors } from 'undici'
import { OriginError, type OriginRequest } from './edge.ts'

/** @source AWS CloudFront Developer Guide, "Origin settings": connection timeout, attempts, response timeout (also between two packets) */
const CONNECT_TIMEOUT_MS = 10_000
const RESPONSE_TIMEOUT_MS = 30_000
const ATTEMPTS = 3

const NO_BODY = [204, 205, 304]

export interface OriginFetcher {
  (request: OriginRequest): Promise<Response>
  /** Ends the idle connections to origins. */
  close(): Promise<void>
}

/** Asks origins over connections that are kept. Bodies are streamed both ways and never held. */
export function createOriginFetcher(responseTimeoutMs: number = RESPONSE_TIMEOUT_MS): OriginFetcher {
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: responseTimeoutMs,
    bodyTimeout: responseTimeoutMs,
    connections: 128,
    pipelining: 1,
    maxHeaderSize: 65_536,
  })
  const ask = async (request: OriginRequest): Promise<Response> => {
    const { origin, target, method, headers, body, signal } = request
    // Not `undici.request`, which would parse, and so rewrite, the target.
    const answer = await agent.request({
      origin: origin.origin,
      path: target,
      method: method as 'GET',
      headers: Object.fromEntries(headers),
      body: body === null ? null : Readable.fromWeb(body as NodeReadableStream),
      signal,
    })
    const received = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) received.append(name, one)
    }
    if (method === 'HEAD' || NO_BODY.includes(answer.statusCode)) {
      await answer.body.dump()
      return new Response(null, { status: answer.statusCode, headers: received })
    }
    return new Response(Readable.toWeb(answer.body) as ReadableStream<Uint8Array>, {
      status: answer.statusCode,
      headers: received,
    })
  }
  const fetchOrigin = async (request: OriginRequest): Promise<Response> => {
    const attempts = request.method === 'GET' || request.method === 'HEAD' ? ATTEMPTS : 1
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ask(request)
      } catch (cause) {
        if (request.signal.aborted) throw new OriginError('origin_down', { cause })
        if (isSilence(cause)) throw new OriginError('origin_silent', { cause })
        if (attempt >= attempts || isRefused(cause)) throw new OriginError('origin_down', { cause })
      }
    }
  }
  return Object.assign(fetchOrigin, { close: () => agent.close() })
}

function isSilence(cause: unknown): boolean {
  return (
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError
  )
}

/** Nobody listens there: asking again at once would hear the same. */
function isRefused(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
}
