import { originAcceptEncoding } from '../caching/accept-encoding.ts'
import type { Behavior, Origin } from '../config/distribution.ts'
import type { ViewerRequest } from '../function-runtime/function-event.ts'
import { cloudFrontHeaders } from './cloudfront-headers.ts'
import { namesHeader, pickedPairs, picks } from './selection.ts'

/** What CloudFront itself knows about a request. */
export interface RequestFacts {
  readonly ip: string
  readonly protocol: 'http' | 'https'
  /** CloudFront's own id of this request. */
  readonly cfId: string
  /** `<id>.cloudfront.net`, as it appears in Via. */
  readonly edgeName: string
}

/** What is sent to an origin, and which of the viewer's headers are, by name. */
export interface OriginRequestParts {
  /** Path and query, the origin's path included. */
  readonly target: string
  readonly headers: Headers
  readonly forwarded: readonly string[]
  readonly dropped: readonly string[]
}

/**
 * Forwarded whatever the policies say.
 * @source AWS CloudFront Developer Guide, "Request and response behavior for custom origins", HTTP request headers and
 * CloudFront behavior: that the table holds beside policies too is documented only second-hand
 */
const ALWAYS = [
  ...['cache-control', 'content-encoding', 'content-length', 'content-md5', 'content-type', 'date', 'from'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'pragma', 'range'],
  ...['request-range', 'warning', 'x-forwarded-for', 'via'],
]

/** Never forwarded: CloudFront makes these itself or keeps them to itself. @source the same table */
const NEVER = ['x-real-ip', 'x-forwarded-proto', 'x-http-method-override', 'x-amz-cf-id', 'cookie', 'accept-encoding']

/** @source the same table: Authorization is taken off GET and HEAD, and, "unless configured", off OPTIONS */
const KEEP_AUTHORIZATION = ['DELETE', 'PATCH', 'POST', 'PUT']

/**
 * What an origin is asked: everything the cache policy puts into the key, and what the origin request policy adds. The
 * path is the viewer's, or the function's, behind the origin's own.
 * @source AWS CloudFront Developer Guide, "Control origin requests with a policy", "Understand how origin request
 * policies and cache policies work together"
 */
export function originRequest(
  request: ViewerRequest,
  behavior: Behavior,
  origin: Origin,
  facts: RequestFacts,
): OriginRequestParts {
  const { cachePolicy, originRequestPolicy } = behavior
  const headers = new Headers()
  const forwarded: string[] = []
  const dropped: string[] = []
  for (const [name, value] of request.headers) {
    const isForwarded = isHeaderForwarded(name, request.method, behavior)
    if (isForwarded) headers.set(name, value)
    if (name !== 'cookie' && name !== 'accept-encoding') (isForwarded ? forwarded : dropped).push(name)
  }
  const cookie = pickedPairs(request.headers.get('cookie') ?? '', '; ', [
    cachePolicy.cookies,
    originRequestPolicy?.cookies,
  ])
  if (cookie !== '') headers.set('cookie', cookie)
  const encoding = acceptEncodingOf(request.headers, behavior)
  if (encoding !== undefined) headers.set('accept-encoding', encoding)
  for (const name of ['cookie', 'accept-encoding']) {
    if (request.headers.has(name)) (headers.has(name) ? forwarded : dropped).push(name)
  }
  if (!headers.has('host')) headers.set('host', origin.domainName)
  if (!headers.has('user-agent')) headers.set('user-agent', 'Amazon CloudFront')
  headers.append('x-forwarded-for', facts.ip)
  headers.append('via', `1.1 ${facts.edgeName} (CloudFront)`)
  headers.set('x-amz-cf-id', facts.cfId)
  for (const [name, value] of cloudFrontHeaders(facts, request.headers.get('user-agent') ?? '')) {
    if (namesHeader(cachePolicy.headers, name) || namesHeader(originRequestPolicy?.headers, name))
      headers.set(name, value)
  }
  for (const { name, value } of origin.customHeaders) headers.set(name, value)
  const query = pickedPairs(request.query, '&', [cachePolicy.queryStrings, originRequestPolicy?.queryStrings])
  const target = `${origin.originPath}${request.uri}${query === '' ? '' : `?${query}`}`
  return { target, headers, forwarded: forwarded.sort(), dropped: dropped.sort() }
}

function isHeaderForwarded(name: string, method: string, { cachePolicy, originRequestPolicy }: Behavior): boolean {
  if (NEVER.includes(name)) return false
  // The viewer's copies of what CloudFront says about a viewer are worth nothing.
  if (name.startsWith('cloudfront-') || name.startsWith('x-edge-')) return false
  if (ALWAYS.includes(name)) return true
  const inKey = picks(cachePolicy.headers, name)
  if (name !== 'authorization') return inKey || picks(originRequestPolicy?.headers, name)
  if (inKey || KEEP_AUTHORIZATION.includes(method)) return true
  // An origin request policy cannot pick Authorization by name; only one that forwards whatever comes does.
  return originRequestPolicy?.headers.behavior !== 'whitelist' && picks(originRequestPolicy?.headers, name)
}

/** Normalised when the cache policy keeps compressed objects; else a header like any other. */
function acceptEncodingOf(viewer: Headers, { cachePolicy, originRequestPolicy }: Behavior): string | undefined {
  if (cachePolicy.acceptEncodingGzip || cachePolicy.acceptEncodingBrotli)
    return originAcceptEncoding(cachePolicy, viewer)
  const isPicked =
    picks(cachePolicy.headers, 'accept-encoding') || picks(originRequestPolicy?.headers, 'accept-encoding')
  return isPicked ? (viewer.get('accept-encoding') ?? undefined) : undefined
}
