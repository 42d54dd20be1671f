import { Agent, request as send } from 'node:http'
import pLimit from 'p-limit'
import type { CloudAnswer, CloudRequest } from '../wire/messages.ts'
import type { Turns } from './turns.ts'

/** Headers that belong to one connection and are not passed on. @source RFC 9110, section 7.6.1 */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection'])

/**
 * moto does one thing at a time. A release brings hundreds of files: these wait for one another, so that what people ask
 * for meanwhile gets its turn, as it does at AWS.
 */
const FILES = new Set(['PUT', 'HEAD'])
const FILES_AT_ONCE = 2

/** Hands a request to moto as it came in, on behalf of an account, and brings back the answer. */
export interface Forwarder {
  readonly forward: (service: string, request: CloudRequest, accountId: string | undefined) => Promise<CloudAnswer>
  readonly close: () => void
}

export function forwarder(port: number, turns: Turns): Forwarder {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const filesBrought = pLimit(FILES_AT_ONCE)
  return {
    close: () => agent.destroy(),
    forward: (service, request, accountId) => {
      const pass = () => turns(service, () => passOn(agent, port, request, accountId))
      return FILES.has(request.method) ? filesBrought(pass) : pass()
    },
  }
}

function passOn(
  agent: Agent,
  port: number,
  { method, path, query, headers, body }: CloudRequest,
  accountId: string | undefined,
): Promise<CloudAnswer> {
  return new Promise((resolve, reject) => {
    const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)))
    const outgoing = send(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: {
          ...passed,
          'content-length': String(body.length),
          // moto's own way to say whose account it is.
          ...(accountId === undefined ? {} : { 'x-moto-account-id': accountId }),
        },
      },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.once('error', reject)
        incoming.once('end', () =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: Object.fromEntries(
              Object.entries(incoming.headers).flatMap(([name, value]) =>
                OF_CONNECTION.has(name) || value === undefined ? [] : [[name, String(value)]],
              ),
            ),
            body: Buffer.concat(parts),
          }),
        )
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}
