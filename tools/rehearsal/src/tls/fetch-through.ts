import { Agent, request } from 'node:https'
import { Readable } from 'node:stream'
import type { TlsPlace } from './tls-place.ts'

/** `fetch` for somebody to whom every name leads to one place. Redirects are not followed. */
export function fetchThrough(place: TlsPlace): { readonly fetch: typeof globalThis.fetch; readonly close: () => void } {
  const agent = new Agent({ ...place, keepAlive: true })
  return {
    fetch: async (input, init) => {
      const asked = new Request(input, init)
      const { hostname, pathname, search } = new URL(asked.url)
      const body = Buffer.from(await asked.arrayBuffer())
      return new Promise((resolve, reject) => {
        const sent = request(
          {
            ...{ agent, hostname, servername: hostname, path: `${pathname}${search}`, method: asked.method },
            headers: { ...Object.fromEntries(asked.headers), host: hostname, 'content-length': body.length },
            signal: asked.signal,
          },
          (answer) => {
            const { statusCode: status = 502, headers } = answer
            const given = Object.entries(headers).flatMap(([name, value]) =>
              [value ?? []].flat().map((one): [string, string] => [name, one]),
            )
            const isEmpty = [204, 205, 304].includes(status)
            if (isEmpty) answer.resume()
            resolve(
              new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers: given }),
            )
          },
        )
        sent.on('error', reject)
        sent.end(body)
      })
    },
    close: () => agent.destroy(),
  }
}
