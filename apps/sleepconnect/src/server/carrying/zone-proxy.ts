import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { InternalEvent, InternalResult } from '@opennextjs/aws/types/open-next'
import type { ErrorBody } from '@sax/api-contract'
import { REQUEST_ID_HEADER } from '@sax/topology'
import { MAX_CARRIED_BYTES } from '../routing/decide.ts'
import { type ZoneRequest, zoneAnswerHeaders, zoneRequest } from './zone-request.ts'

export interface ZoneProxyOptions {
  /** Longest wait for the first header and then for each piece of the body, in milliseconds. The function itself has 30 s. */
  readonly timeoutMs: number
  /** Authorities trusted instead of Node's own, as PEM. */
  readonly ca?: string
  /** Told of a zone that could not be asked. */
  readonly failed: (facts: { readonly requestId: string; readonly code: string }) => void
}

export type ZoneProxy = (event: InternalEvent) => Promise<InternalResult>

class ZoneTimeout extends Error {}

/**
 * Carries a request to a zone and its answer back, as they are: method, path, body, status, cookies, piece by piece, and
 * redirects unfollowed. Where Next runs as a server it does this itself; in a function somebody has to, and the two that
 * OpenNext brings send bodies without a length and do not check certificates. See decision 22.
 */
export function createZoneProxy({ timeoutMs, ca, failed }: ZoneProxyOptions): ZoneProxy {
  const trusted = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }
  const kept = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true, ...trusted }) }
  // A kept connection may be gone, which shows only when something has been sent on it. A write is sent once.
  const fresh = { http: new http.Agent(), https: new https.Agent(trusted) }

  const ask = (target: URL, asked: ZoneRequest): Promise<http.IncomingMessage> =>
    new Promise((resolve, reject) => {
      const agents = asked.repeatable ? kept : fresh
      const secure = target.protocol === 'https:'
      const { method, headers } = asked
      const options = { method, headers, agent: secure ? agents.https : agents.http, timeout: timeoutMs }
      const request = (secure ? https : http).request(target, options)
      const late = () => request.destroy(new ZoneTimeout())
      const timer = setTimeout(late, timeoutMs)
      request.once('timeout', late)
      request.once('response', (response) => {
        clearTimeout(timer)
        resolve(response)
      })
      // Nothing here changes to another protocol; Node would drop the connection and say nothing.
      request.once('upgrade', (_response, socket) => {
        socket.destroy()
        request.destroy(new Error('another protocol'))
      })
      request.once('close', () => {
        clearTimeout(timer)
        reject(new Error('closed without an answer'))
      })
      request.once('error', (error) => {
        clearTimeout(timer)
        if (asked.repeatable && request.reusedSocket && isReset(error)) ask(target, asked).then(resolve, reject)
        else reject(error)
      })
      request.end(asked.body)
    })

  return async (event) => {
    const requestId = event.headers[REQUEST_ID_HEADER] ?? ''
    const cookies = cookiesOf(event.headers['set-cookie'])
    const body = event.body ?? new Uint8Array()
    const refused = (status: number, code: ErrorBody['code'], message: string) =>
      refusal(status, { code, message, requestId }, cookies)
    if (body.length > MAX_CARRIED_BYTES) return refused(413, 'VALIDATION_ERROR', 'The request body is too large.')
    const asked = zoneRequest(event.method, event.headers, body)
    if (asked === undefined) return refused(405, 'VALIDATION_ERROR', 'This method is not answered here.')
    try {
      const response = await ask(new URL(event.url), asked)
      const headers = zoneAnswerHeaders(response.headers)
      const allCookies = [...(response.headers['set-cookie'] ?? []), ...cookies]
      return {
        type: 'core',
        statusCode: response.statusCode ?? 502,
        headers: allCookies.length === 0 ? headers : { ...headers, 'set-cookie': allCookies },
        isBase64Encoded: false,
        body: Readable.toWeb(response) as ReadableStream,
      }
    } catch (error) {
      const late = error instanceof ZoneTimeout
      failed({ requestId, code: late ? 'timeout' : codeOf(error) })
      return late
        ? refused(504, 'UPSTREAM_UNAVAILABLE', 'This part of the site did not answer in time.')
        : refused(502, 'UPSTREAM_UNAVAILABLE', 'This part of the site cannot be reached right now.')
    }
  }
}

/** Cookies that the host's own proxy wants set: OpenNext hands them on in one header of the request. */
function cookiesOf(joined: string | undefined): readonly string[] {
  return joined === undefined || joined === ''
    ? []
    : joined.split(/,(?=\s*[\w!#$%&'*+.^`|~-]+=)/).map((one) => one.trim())
}

function refusal(statusCode: number, body: ErrorBody, cookies: readonly string[]): InternalResult {
  return {
    type: 'core',
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      [REQUEST_ID_HEADER]: body.requestId,
      ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
    },
    isBase64Encoded: false,
    body: new Response(JSON.stringify(body)).body as ReadableStream,
  }
}

function isReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** Node's own code, for example `ECONNREFUSED` or `DEPTH_ZERO_SELF_SIGNED_CERT`; its text may name an address. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
