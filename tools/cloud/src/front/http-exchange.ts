import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FrontRequest } from './front-request.ts'
import type { HttpAnswer } from './payload.ts'

/** @returns undefined when the body is larger. @throws Error when the client goes away */
export async function readFrontRequest(
  incoming: IncomingMessage,
  maxBodyBytes: number,
): Promise<FrontRequest | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of incoming) {
    bytes += part.length
    if (bytes <= maxBodyBytes) parts.push(part)
  }
  if (bytes > maxBodyBytes) return undefined
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(incoming.headersDistinct).map(([name, values = []]) => [
        name,
        values.join(name === 'cookie' ? '; ' : ','),
      ]),
    ),
    body: Buffer.concat(parts),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  }
}

/** An answer in whole, with its length. */
export function send(outgoing: ServerResponse, { status, headers, body }: HttpAnswer): void {
  const hasBody = status >= 200 && status !== 204 && status !== 304
  const length = hasBody ? { 'content-length': String(body.length) } : {}
  outgoing.writeHead(status, { ...(headers as Record<string, string | string[]>), ...length })
  outgoing.end(hasBody ? body : undefined)
}

/** A refusal of AWS's own. The member is `Message` with function URLs and `message` with API Gateway. */
export function refuse(
  outgoing: ServerResponse,
  status: number,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  send(outgoing, { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text) })
}
