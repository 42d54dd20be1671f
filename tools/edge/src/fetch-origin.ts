import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Agent, type Dispatcher, errors } from 'undici'
import type { Origin } from './config/distribution.ts'
import { OriginError, type OriginFetcher, type OriginRequest } from './origins/origin.ts'
import { MAX_RESPONSE_HEADER_BYTES } from './stages/request-size.ts'
import { webStream } from './web-stream.ts'

/** How patient CloudFront is with an origin. */
export type OriginPatience = Pick<
  Origin,
  'connectionAttempts' | 'connectionTimeoutSec' | 'responseTimeoutSec' | 'responseCompletionTimeoutSec'
>

/** @source AWS CloudFront Developer Guide, "Origin settings": connection attempts and timeout, response timeout */
export const DEFAULT_PATIENCE: OriginPatience = {
  connectionAttempts: 3,
  connectionTimeoutSec: 10,
  responseTimeoutSec: 30,
  responseCompletionTimeoutSec: undefined,
}

const NO_BODY = [204, 205, 304]

/**
 * Asks the server at `url` over connections that are kept. Bodies are streamed both ways and never held. GET and HEAD
 * are repeated when no answer comes, other methods only while nothing was sent yet. The Host header is sent as given,
 * or the server's own when there is none.
 */
export function createOriginFetcher(url: URL, patience: OriginPatience = DEFAULT_PATIENCE): OriginFetcher {
  const agent = new Agent({
    connect: { timeout: patience.connectionTimeoutSec * 1000 },
    headersTimeout: patience.responseTimeoutSec * 1000,
    // Also the longest pause between two packets.
    bodyTimeout: patience.responseTimeoutSec * 1000,
    connections: 128,
    pipelining: 1,
    maxHeaderSize: MAX_RESPONSE_HEADER_BYTES,
  })
  const ask = async ({ target, method, headers, body }: OriginRequest, signal: AbortSignal): Promise<Response> => {
    // Not `undici.request`, which would parse, and so rewrite, the target.
    const answer = await agent.request({
      origin: url.origin,
      path: target,
      method: method as 'GET',
      headers: Object.fromEntries(headers),
      body: body === null ? null : Readable.fromWeb(body as NodeReadableStream),
      signal,
    })
    try {
      return await asResponse(answer, method)
    } catch (cause) {
      // A status or a header that no Response can hold: the connection must not wait for somebody to read the body.
      answer.body.destroy()
      throw cause
    }
  }
  const fetchOrigin = async (request: OriginRequest): Promise<Response> => {
    const { responseCompletionTimeoutSec } = patience
    const whole = responseCompletionTimeoutSec && AbortSignal.timeout(responseCompletionTimeoutSec * 1000)
    const signal = whole ? AbortSignal.any([request.signal, whole]) : request.signal
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ask(request, signal)
      } catch (cause) {
        if (request.signal.aborted) throw new OriginError('origin_down', { cause })
        const isSilent = isSilence(cause) || signal.aborted
        if (attempt >= patience.connectionAttempts || signal.aborted || !isWorthAnotherTry(cause, request)) {
          throw new OriginError(isSilent ? 'origin_silent' : 'origin_down', { cause })
        }
      }
    }
  }
  return Object.assign(fetchOrigin, { url, close: () => agent.close() })
}

async function asResponse(
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
  method: string,
): Promise<Response> {
  const received = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) received.append(name, one)
  }
  if (method === 'HEAD' || NO_BODY.includes(status)) {
    await body.dump()
    return new Response(null, { status, headers: received })
  }
  return new Response(webStream(body), { status, headers: received })
}

function isSilence(cause: unknown): boolean {
  return (
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError
  )
}

/** Not when nobody listens there, for asking again at once would hear the same; nor when it could do something twice. */
function isWorthAnotherTry(cause: unknown, { method, body }: OriginRequest): boolean {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') return false
  if (method === 'GET' || method === 'HEAD') return true
  return cause instanceof errors.ConnectTimeoutError && body === null
}
