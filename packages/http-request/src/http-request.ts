import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

export interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** Ends the wait for the whole answer. */
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** Lower-case names. Of a header that came several times and is no list, `set-cookie`, nothing. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array<ArrayBuffer>
  readonly text: () => Promise<string>
}

/** May be asked again: the second time changes nothing. @source RFC 9110, section 9.2.2, "Idempotent Methods" */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])

/**
 * Asks over HTTP or HTTPS and takes the whole answer, redirects as they are, by Node's own client and the connections
 * that its agent keeps. A function that has to start quickly uses it in place of `fetch`, whose first use takes 40 ms of
 * processor time more.
 *
 * A kept connection may have been closed at the other end, above all in a function that was frozen; what is idempotent
 * is then asked once more. @source Node.js documentation, "request.reusedSocket"
 * @param url absolute
 * @throws Error as Node's client has it: with `code` when the connection fails, or the reason of `signal`
 */
export async function httpRequest(url: string, request: HttpRequest): Promise<HttpAnswer> {
  const first = await attempt(url, request)
  if (first.kind === 'answered') return first.answer
  const mayAskAgain = first.wasKept && !request.signal.aborted && IDEMPOTENT.has(request.method)
  const last = mayAskAgain ? await attempt(url, request) : first
  if (last.kind === 'answered') return last.answer
  throw request.signal.aborted ? request.signal.reason : last.error
}

type Attempt =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  /** `wasKept`: the connection was an old one, and ended before anything came. */
  | { readonly kind: 'failed'; readonly error: Error; readonly wasKept: boolean }

function attempt(url: string, { method, headers, body, signal }: HttpRequest): Promise<Attempt> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? secureRequest : plainRequest
    const asked = send(url, { method, headers, signal }, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.once('error', (error) => resolve({ kind: 'failed', error, wasKept: false }))
      incoming.once('end', () => {
        const whole = Buffer.concat(parts)
        const named = Object.entries(incoming.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as const] : [],
        )
        const answer = { status: incoming.statusCode ?? 0, headers: new Map(named), body: whole }
        resolve({ kind: 'answered', answer: { ...answer, text: async () => whole.toString('utf8') } })
      })
    })
    asked.once('error', (error) => resolve({ kind: 'failed', error, wasKept: asked.reusedSocket }))
    asked.end(body)
  })
}
