import { createHash } from 'node:crypto'
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { HttpAnswer } from '@sax/probes'
import { REQUEST_ID_HEADER } from '@sax/topology'
import type { World } from './world.ts'

export interface WireRequest {
  /** Base URL of the door; only its host and port count. */
  readonly base: string
  readonly method: string
  /** Sent byte for byte. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** No answer takes longer than this, milliseconds. */
const TIMEOUT_MS = 20_000

/**
 * What a request says it comes from, unless it says otherwise. The firewall before every distribution blocks a request
 * that says nothing. @source AWS WAF Developer Guide, "Baseline rule groups", Core rule set, NoUserAgent_HEADER
 */
const USER_AGENT = 'sleepconnect-zones'

/** A server that refuses while the request is still being written may hang up instead of answering. */
const HUNG_UP: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE'])

/** Sends one request. Rejects with the system's error when no connection comes about. */
export interface WireClient {
  readonly send: (request: WireRequest) => Promise<HttpAnswer>
  readonly close: () => void
}

/**
 * A client that changes nothing of a request: no normalised path, no redirect followed, no decompression.
 * @param world the way to public names; only https goes it
 */
export function createWireClient(newId: () => string, nowMs: () => number, world?: World): WireClient {
  // IPv4 only: the site listens on 127.0.0.1, whatever `localhost` means on this machine.
  const agent = new Agent({ keepAlive: true, maxSockets: 6, family: 4 })
  const secureAgent = new SecureAgent({ keepAlive: true, maxSockets: 6, ...world?.agentOptions })
  const send = ({ base, method, path, headers, body }: WireRequest): Promise<HttpAnswer> => {
    const { hostname, port, host, protocol } = new URL(base)
    const requestId = headers[REQUEST_ID_HEADER] ?? newId()
    const startedMs = nowMs()
    const noAnswer = { kind: 'http', status: 0, headers: {}, body: '', bodyBytes: 0, requestId } as const
    return new Promise((resolve, reject) => {
      const begin = (options: RequestOptions, answered: (response: IncomingMessage) => void) =>
        protocol === 'https:'
          ? // The name that is asked, not the Host header: a probe may send a foreign one.
            secureRequest({ ...options, agent: secureAgent, servername: hostname }, answered)
          : request({ ...options, agent }, answered)
      const sent = begin(
        {
          hostname,
          port,
          method,
          path,
          headers: {
            host,
            'user-agent': USER_AGENT,
            [REQUEST_ID_HEADER]: requestId,
            ...(body === undefined ? {} : bodyHeaders(body)),
            ...headers,
          },
          timeout: TIMEOUT_MS,
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', () => resolve({ ...noAnswer, elapsedMs: nowMs() - startedMs }))
          response.on('end', () => {
            const bytes = Buffer.concat(chunks)
            resolve({
              kind: 'http',
              status: response.statusCode ?? 0,
              headers: flat(response.headers),
              body: bytes.toString('utf8'),
              bodyBytes: bytes.length,
              requestId,
              elapsedMs: nowMs() - startedMs,
            })
          })
        },
      )
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })))
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (HUNG_UP.has(error.code ?? '')) resolve({ ...noAnswer, elapsedMs: nowMs() - startedMs })
        else reject(error)
      })
      sent.end(body)
    })
  }
  return {
    send,
    close: () => {
      agent.destroy()
      secureAgent.destroy()
    },
  }
}

/**
 * Length and hash of a body. Without the hash a function behind its distribution refuses a write; the browser's client
 * sends the same.
 */
function bodyHeaders(body: string): Readonly<Record<string, string>> {
  return {
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
  }
}

function flat(headers: NodeJS.Dict<string | string[]>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
