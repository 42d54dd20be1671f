import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { REQUEST_ID_HEADER } from '@sax/topology'
import { CookieJar } from 'tough-cookie'
import type { Rehearsal } from '../start-rehearsal.ts'
import type { TlsPlace } from '../tls/tls-place.ts'

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly contentType: string
  /** To find it in logs. */
  readonly requestId: string
  readonly body: Buffer
}

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks as one person's browser does: kept connections, its own cookies. Follows no redirect, repeats nothing. */
export interface PersonClient {
  /** @throws Error with the system's code when no whole answer comes */
  readonly ask: (url: string, asked?: Asked) => Promise<Answer>
  /** `Cookie` header that goes to `url`. */
  readonly cookies: (url: string) => Promise<string>
  readonly close: () => void
}

/** Longer than the front door waits for an origin: who is slower has failed. */
const TIMEOUT_MS = 65_000
/** A browser's own limit is 6 connections to a name; there are many people. */
const MAX_SOCKETS = 256

/** The place that stands for every name of a rehearsal. */
export function placeOf({ connectTo, trustCa }: Pick<Rehearsal, 'connectTo' | 'trustCa'>): TlsPlace {
  const [host = '', port = ''] = connectTo.split(':')
  return { host, port: Number(port), ca: readFileSync(trustCa, 'utf8') }
}

export function createPersonClient(place: TlsPlace): PersonClient {
  const agent = new Agent({ ...place, keepAlive: true, maxSockets: MAX_SOCKETS })
  const jar = new CookieJar()
  return {
    ask: async (url, { method = 'GET', headers = {}, body } = {}) => {
      const cookie = await jar.getCookieString(url)
      const sent = {
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'GET' ? {} : writeHeaders(url, body ?? '')),
        ...headers,
      }
      const { answer, setCookies } = await exchange(agent, url, method, sent, body)
      for (const one of setCookies) await jar.setCookie(one, url, { ignoreError: true })
      return answer
    },
    cookies: (url) => jar.getCookieString(url),
    close: () => agent.destroy(),
  }
}

/** What a browser says with a write; the hash is the page's own work, asked for by functions behind the front door. */
function writeHeaders(url: string, body: string): Readonly<Record<string, string>> {
  return {
    origin: new URL(url).origin,
    'sec-fetch-site': 'same-origin',
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
  }
}

function exchange(
  agent: Agent,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Promise<{ readonly answer: Answer; readonly setCookies: readonly string[] }> {
  const { hostname, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ agent, method, hostname, servername: hostname, path: `${pathname}${search}`, timeout: TIMEOUT_MS },
        headers: { host: hostname, ...headers },
      },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            answer: {
              status: response.statusCode ?? 0,
              location: response.headers.location,
              contentType: response.headers['content-type'] ?? '',
              requestId: String(response.headers[REQUEST_ID_HEADER] ?? ''),
              body: Buffer.concat(pieces),
            },
            setCookies: response.headers['set-cookie'] ?? [],
          }),
        )
      },
    )
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })))
    sent.on('error', reject)
    sent.end(body)
  })
}
