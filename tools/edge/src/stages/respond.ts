import {
  apiTree,
  HOP_HEADER,
  hostPath,
  identityHeaders,
  internalHeaderPrefixes,
  isUnder,
  REQUEST_ID_HEADER,
  zones,
} from '@sax/topology'
import { hopByHopHeaders } from './origin-request.ts'

const INTERNAL = [...hopByHopHeaders, ...identityHeaders, HOP_HEADER, 'x-powered-by', 'server']

const NEVER_STORED = [hostPath('auth'), ...zones.map(apiTree)]

/**
 * The headers a viewer gets: without what is internal to the site, with the request's id, and, on API and sign-in
 * paths, with an order to store nothing whatever the origin says.
 */
export function viewerResponseHeaders(origin: Headers, path: string, requestId: string): Headers {
  const headers = new Headers()
  for (const [name, value] of origin) {
    if (INTERNAL.includes(name) || internalHeaderPrefixes.some((prefix) => name.startsWith(prefix))) continue
    headers.append(name, value)
  }
  headers.set(REQUEST_ID_HEADER, requestId)
  if (isNeverStored(path) && !/\bno-store\b/i.test(headers.get('cache-control') ?? '')) {
    headers.set('cache-control', 'private, no-store')
  }
  return headers
}

/** True for paths whose answers belong to one moment of one person: API routes and sign-in. */
export function isNeverStored(path: string): boolean {
  return NEVER_STORED.some((prefix) => isUnder(path, prefix))
}
