import { createHash } from 'node:crypto'
import { internalHeaderPrefixes } from '@sax/topology'

/** Of one connection only. @source RFC 9110 section 7.6.1 */
const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]
/** Made anew for the next hop, or of no meaning to it. `set-cookie` is the host's own answer on its way back. */
const REPLACED = ['host', 'content-length', 'set-cookie', 'via', 'x-cache']

/** What a function URL lets through; nothing else has a meaning at the other end. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const BODILESS = ['GET', 'HEAD', 'OPTIONS']

export interface ZoneRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** It may be asked twice: nothing is changed by it. */
  readonly repeatable: boolean
}

/**
 * A request as the zone gets it, or `undefined` for a method that cannot be carried. Its length is always said, so that
 * nothing in a body can be read as another request; and the hash by which origin access control lets a body through is
 * made again, for the one that the browser sent was taken away in front of this function.
 * @source Amazon CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin"
 */
export function zoneRequest(
  method: string,
  given: Readonly<Record<string, string | undefined>>,
  body: Uint8Array,
): ZoneRequest | undefined {
  if (!METHODS.includes(method)) return undefined
  const headers = carriedOn(given, [...HOP_BY_HOP, ...REPLACED])
  const framed = body.length > 0 || !BODILESS.includes(method)
  if (framed) {
    headers['content-length'] = String(body.length)
    headers['x-amz-content-sha256'] = createHash('sha256').update(body).digest('hex')
  }
  return { method, headers, body, repeatable: BODILESS.includes(method) && body.length === 0 }
}

/** Headers of a zone's answer, as they go back. The length stays behind: the next hop frames anew. */
export function zoneAnswerHeaders(given: Readonly<Record<string, string | string[] | undefined>>) {
  return carriedOn(given, [...HOP_BY_HOP, 'content-length', 'via', 'x-cache', 'x-opennext'])
}

function carriedOn<Value extends string | string[]>(
  given: Readonly<Record<string, Value | undefined>>,
  dropped: readonly string[],
): Record<string, Value> {
  const named = namedBy(given.connection)
  const kept: Record<string, Value> = {}
  for (const [spelled, value] of Object.entries(given)) {
    const name = spelled.toLowerCase()
    const internal = name.startsWith('x-amz') || internalHeaderPrefixes.some((prefix) => name.startsWith(prefix))
    if (value === undefined || internal || dropped.includes(name) || named.includes(name)) continue
    kept[name] = value
  }
  return kept
}

/** Headers that `connection` declares to be of this connection only. */
function namedBy(connection: string | string[] | undefined): readonly string[] {
  return String(connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
}
