import { REQUEST_ID_HEADER } from '@sax/topology'

/** The request's id as the edge gave it; a new one when it is absent or not well-formed. */
export function requestIdOf(headers: Pick<Headers, 'get'>): string {
  const given = headers.get(REQUEST_ID_HEADER) ?? ''
  return /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}
