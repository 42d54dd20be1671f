import { ambiguities } from './ambiguous-path.ts'
import { HOP_HEADER, identityHeaders, internalHeaderPrefixes, MAX_HOPS, REQUEST_ID_HEADER } from './identity-headers.ts'
import { problemPage } from './problem-page.ts'
import { apiTree, type Route, routingTable } from './routing-table.ts'
import type { Zone } from './zone.ts'

/** The longest source CloudFront takes, in bytes. @source AWS CloudFront Developer Guide, "Quotas on CloudFront Functions" */
export const MAX_FUNCTION_BYTES = 10_240

/** What a viewer may not say about how a request came here; CloudFront removes the rest of this family itself. */
const FORWARDING = ['forwarded', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-server']

const REQUEST_ID_PLACE = 'REQUEST-ID'

type Zones = readonly Zone[]

/**
 * Source of the function that runs at viewer request on every behaviour. It is the only thing of ours that sees a
 * request before any server does: it refuses paths that can be read in two ways (400), zones misspelt in another case
 * (404) and requests that go in a circle (508); it drops what only the site itself may say; it writes down the name
 * the viewer asked for, always, whatever the viewer claims. It sets no header that CloudFront keeps for itself. Its
 * language is ECMAScript 5.1 and what the runtime adds to it, which is less than it looks: no for-of, among others.
 *
 * @source AWS CloudFront Developer Guide, "CloudFront Functions event structure", "JavaScript runtime 2.0 features",
 * "Restrictions on CloudFront Functions"
 */
export function viewerRequestFunction(zones: Zones): string {
  const page = problemPage({ title: '{TITLE}', retries: false, requestId: REQUEST_ID_PLACE })
  return `'use strict'
const AMBIGUOUS = [${ambiguities.map(([, pattern]) => pattern).join(', ')}]
const EXACT = ${json(pathsOf(zones, 'exact'))}
const BELOW = ${json(pathsOf(zones, 'below'))}
const PROGRAMS = ${json(zones.map(apiTree))}
const DROPPED = ${json([...identityHeaders, ...FORWARDING])}
const INTERNAL = ${json(internalHeaderPrefixes)}
const PAGE = ${json(page.html)}
const CSP = ${json(page.contentSecurityPolicy)}

function handler(event) {
  const request = event.request
  const headers = request.headers
  const id = requestId(headers, event.context.requestId)
  if (isAmbiguous(request.uri)) {
    return refusal(request, id, 400, 'VALIDATION_ERROR', 'This address can be read in more than one way.')
  }
  const hops = passes(headers) + 1
  if (hops > ${MAX_HOPS}) return refusal(request, id, 508, 'INTERNAL_ERROR', 'This request goes round in a circle.')
  if (isMisspelt(request.uri)) {
    return refusal(request, id, 404, 'NOT_FOUND', 'There is nothing at this address. Capital letters count.')
  }
  Object.keys(headers).forEach((name) => {
    if (DROPPED.includes(name) || INTERNAL.some((prefix) => name.startsWith(prefix))) delete headers[name]
  })
  headers['x-forwarded-host'] = { value: headers.host.value }
  headers['${REQUEST_ID_HEADER}'] = { value: id }
  headers['${HOP_HEADER}'] = { value: String(hops) }
  return request
}

function requestId(headers, own) {
  const given = headers['${REQUEST_ID_HEADER}'] && headers['${REQUEST_ID_HEADER}'].value
  return /^[A-Za-z0-9-]{8,64}$/.test(given || '') ? given : own.replace(/[^A-Za-z0-9-]/g, '').slice(0, 64)
}

function passes(headers) {
  const given = headers['${HOP_HEADER}'] ? headers['${HOP_HEADER}'].value : ''
  return /^\\d{1,3}$/.test(given) ? Number(given) : 0
}

function isAmbiguous(uri) {
  if (AMBIGUOUS.some((pattern) => pattern.test(uri))) return true
  try {
    decodeURIComponent(uri)
    return false
  } catch (_) {
    return true
  }
}

function isUnder(path, prefix) {
  return path === prefix || path.startsWith(prefix + '/')
}

// Patterns and routes count case: such a path would fall to the host under a name that looks like the zone's.
function isMisspelt(uri) {
  return !isCarried(uri) && isCarried(uri.toLowerCase())
}

function isCarried(path) {
  return EXACT.includes(path) || BELOW.some((prefix) => path.startsWith(prefix + '/'))
}

function refusal(request, id, statusCode, code, message) {
  const accept = request.headers.accept ? request.headers.accept.value : ''
  const forPeople = accept.includes('text/html') && !PROGRAMS.some((prefix) => isUnder(request.uri, prefix))
  const headers = { 'cache-control': { value: 'no-store' }, '${REQUEST_ID_HEADER}': { value: id } }
  headers['content-type'] = { value: forPeople ? 'text/html; charset=utf-8' : 'application/json' }
  if (forPeople) headers['content-security-policy'] = { value: CSP }
  const data = forPeople
    ? PAGE.split('{TITLE}').join(message).split('${REQUEST_ID_PLACE}').join(id)
    : JSON.stringify({ code: code, message: message, requestId: id })
  return { statusCode: statusCode, headers: headers, body: { encoding: 'text', data: data } }
}
`
}

/**
 * Source of the function that runs at viewer response. Takes away what belongs to the framework's inside, and orders
 * that nothing of an API or of sign-in be stored, whatever the origin says. CloudFront does not run it for an origin's
 * answers from 400 on: the applications keep to the same rules by themselves.
 *
 * @source AWS CloudFront Developer Guide, "Restrictions on edge functions"
 */
export function viewerResponseFunction(zones: Zones): string {
  const [host] = zones
  return `'use strict'
const INTERNAL = ${json([...internalHeaderPrefixes, ...identityHeaders, HOP_HEADER])}
const NEVER_STORED = ${json([...zones.map(apiTree), ...(host ? [`${host.basePath}/auth`] : [])])}

function handler(event) {
  const headers = event.response.headers
  const asked = event.request.headers['${REQUEST_ID_HEADER}']
  if (asked && !headers['${REQUEST_ID_HEADER}']) headers['${REQUEST_ID_HEADER}'] = { value: asked.value }
  Object.keys(headers).forEach((name) => {
    if (INTERNAL.some((prefix) => name.startsWith(prefix))) delete headers[name]
  })
  const uri = event.request.uri
  if (NEVER_STORED.some((prefix) => uri === prefix || uri.startsWith(prefix + '/'))) {
    const given = headers['cache-control'] ? headers['cache-control'].value : ''
    if (!/\\bno-store\\b/i.test(given)) headers['cache-control'] = { value: 'private, no-store' }
  }
  return event.response
}
`
}

/** Paths of the routing table's lines of one kind. */
function pathsOf([, ...carried]: Zones, match: Route['match']): readonly string[] {
  return routingTable(carried).flatMap((route) => (route.match === match ? [route.path] : []))
}

function json(value: unknown): string {
  return JSON.stringify(value)
}
