import { createHash } from 'node:crypto'
import type { Origin, OriginGrants } from '../config/distribution.ts'
import { createOriginFetcher, type OriginPatience } from '../fetch-origin.ts'
import { readAtMost } from '../read-at-most.ts'
import { underOwnName } from './custom.ts'
import type { OriginFetcher, OriginRequest } from './origin.ts'

/** @source AWS Lambda Developer Guide, "Lambda quotas": payload of a synchronous invocation, in bytes */
export const MAX_PAYLOAD_BYTES = 6_291_456

export interface FunctionUrlOptions {
  readonly origin: Pick<Origin, 'domainName' | 'grants'> & OriginPatience
  /** The server that stands in for the function. */
  readonly url: URL
  /** What the function is told it was called with. */
  readonly protocol: 'http' | 'https'
}

const WRITES = ['PUT', 'POST', 'PATCH', 'DELETE']

/**
 * A Lambda function behind its URL: an HTTP server with the refusals that Lambda puts before it. With AWS_IAM it takes
 * only what a granted distribution signed; it answers to its own name alone; a body is an invocation's payload, held as
 * a whole, and its hash is part of what is signed.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin"; AWS Lambda Developer
 * Guide, "Control access to Lambda function URLs"
 */
export function createFunctionUrl({ origin, url, protocol }: FunctionUrlOptions): OriginFetcher {
  const ask = createOriginFetcher(url, origin)
  const fetcher = async (request: OriginRequest): Promise<Response> => {
    if (request.headers.get('host')?.toLowerCase() !== origin.domainName.toLowerCase()) return forbidden()
    const isOpen = origin.grants?.authType === 'NONE'
    if (!isOpen && !isGranted(origin.grants, request.signedBy)) return forbidden()
    const payload = await payloadOf(request.body)
    if (payload === undefined) return refusal(413, 'Request must be smaller than 6291456 bytes')
    if (!isOpen && WRITES.includes(request.method) && !isHashRight(request.headers, payload)) return forbidden()
    const headers = underOwnName(request.headers, origin.domainName, url)
    headers.set('x-forwarded-proto', protocol)
    headers.delete('x-forwarded-port')
    return ask({ ...request, headers, body: payload.byteLength === 0 ? null : new Blob([payload]).stream() })
  }
  return Object.assign(fetcher, { url, close: () => ask.close?.() ?? Promise.resolve() })
}

/** True when the grants name the distribution that signed. Input that says nothing of grants grants nothing. */
export function isGranted(grants: OriginGrants | undefined, signedBy: string | undefined): boolean {
  if (signedBy === undefined) return false
  return grants?.distributions.some((granted) => granted === '*' || granted === signedBy) ?? false
}

async function payloadOf(body: OriginRequest['body']): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body === null) return new Uint8Array()
  const chunks = await readAtMost(body, MAX_PAYLOAD_BYTES)
  return chunks && new Uint8Array(Buffer.concat(chunks))
}

/** A write without a body needs no hash: CloudFront signs the hash of nothing itself. */
function isHashRight(headers: Headers, payload: Uint8Array): boolean {
  const said = headers.get('x-amz-content-sha256')
  if (payload.byteLength === 0 && said === null) return true
  return said === createHash('sha256').update(payload).digest('hex')
}

function forbidden(): Response {
  return refusal(403, 'Forbidden')
}

function refusal(status: number, message: string): Response {
  return new Response(JSON.stringify({ Message: message }), {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': status === 403 ? 'AccessDeniedException' : 'RequestTooLargeException',
    },
  })
}
