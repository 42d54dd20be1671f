import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { Behavior } from '../config/distribution.ts'
import { webStream } from '../web-stream.ts'
import type { AcceptedEncoding } from './accept-encoding.ts'
import { lengthChecked } from './body-length.ts'
import { compressibleTypes } from './compressible-types.ts'

/** @source AWS CloudFront Developer Guide, "When CloudFront compresses objects" */
const SMALLEST_BYTES = 1000
const LARGEST_BYTES = 10_000_000
const COMPRESSED_STATUSES = [200, 403, 404]

/** Fast enough to be done while a viewer waits; CloudFront does not say its own. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/**
 * The encoding an origin's answer is given on its way, or undefined when it stays as it is. All must hold: the
 * behaviour compresses, the policy keeps that encoding, the viewer takes it, and the answer has a listed type, a length
 * between 1,000 and 10,000,000 bytes, no encoding yet and status 200, 403 or 404. Brotli is preferred. What is sent in
 * chunks, without a length, is never compressed.
 * @source AWS CloudFront Developer Guide, "Serve compressed files"
 */
export function compressionFor(
  response: Response,
  behavior: Behavior,
  accepted: AcceptedEncoding | undefined,
): 'br' | 'gzip' | undefined {
  if (!behavior.compress || behavior.cachePolicy.maxTtlSec === 0 || accepted === undefined) return undefined
  if (!COMPRESSED_STATUSES.includes(response.status) || response.body === null) return undefined
  const { headers } = response
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const length = headers.get('content-length')
  if (headers.has('content-encoding') || length === null || !compressibleTypes.has(type)) return undefined
  if (Number(length) < SMALLEST_BYTES || Number(length) > LARGEST_BYTES) return undefined
  return accepted === 'gzip' ? 'gzip' : 'br'
}

/**
 * The same answer compressed, byte by byte as it comes. A strong ETag becomes weak, one that is neither goes away.
 * @source AWS CloudFront Developer Guide, "ETag header conversion"; the added Vary is unverified
 */
export function compressed(response: Response, encoding: 'br' | 'gzip'): Response {
  const headers = new Headers(response.headers)
  const bytes = Number(headers.get('content-length'))
  headers.delete('content-length')
  headers.set('content-encoding', encoding)
  if (!/(^|,)\s*accept-encoding\s*(,|$)/i.test(headers.get('vary') ?? '')) headers.append('vary', 'Accept-Encoding')
  const etag = headers.get('etag')
  if (etag?.startsWith('"') === true) headers.set('etag', `W/${etag}`)
  else if (etag?.startsWith('W/') === false) headers.delete('etag')
  const body = response.body === null ? null : through(lengthChecked(response.body, bytes), encoding)
  return new Response(body, { status: response.status, headers })
}

/** A body on its way through a coder. Whoever leaves it ends the origin's body, too. */
function through(body: ReadableStream<Uint8Array>, encoding: 'br' | 'gzip'): ReadableStream<Uint8Array> {
  const coder = encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip()
  // What goes wrong on either side reaches the reader through the coder.
  pipeline(Readable.fromWeb(body as NodeReadableStream), coder, () => undefined)
  return webStream(coder)
}
