import { HOP_HEADER, identityHeaders, internalHeaderPrefixes, REQUEST_ID_HEADER, USER_CONTEXT } from '@sax/topology'
import { withoutUserContextCookie } from '@sax/user-context'

const WELL_FORMED_REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/

/** The request's id when it is well formed, otherwise a new one. */
export function requestIdOf(headers: Pick<Headers, 'get'>, newId: () => string): string {
  const given = headers.get(REQUEST_ID_HEADER)
  return given !== null && WELL_FORMED_REQUEST_ID.test(given) ? given : newId()
}

/** A copy of the headers without any that say who asks or that belong to the framework's inside. */
export function cleanHeaders(given: Headers, requestId: string): Headers {
  const headers = new Headers(given)
  for (const name of [...headers.keys()]) {
    const internal = internalHeaderPrefixes.some((prefix) => name.startsWith(prefix))
    if (internal || (identityHeaders as readonly string[]).includes(name)) headers.delete(name)
  }
  // An answer's header. In a function, cookies for the way back travel under this name; a client's must not join them.
  headers.delete('set-cookie')
  headers.set(REQUEST_ID_HEADER, requestId)
  return headers
}

/**
 * Headers of a carried request: one token at most, in one place. Whatever else the client presented as a token is
 * dropped, so that the zone has nothing to choose from.
 */
export function carriedHeaders(given: Headers, requestId: string, hops: number, token: string | undefined): Headers {
  const headers = cleanHeaders(given, requestId)
  headers.delete('authorization')
  const cookies = withoutHostCookies(withoutUserContextCookie(headers.get('cookie')))
  if (cookies === '') headers.delete('cookie')
  else headers.set('cookie', cookies)
  if (token === undefined) headers.delete(USER_CONTEXT)
  else headers.set(USER_CONTEXT, token)
  headers.set(HOP_HEADER, String(hops))
  return headers
}

/** The host's own cookies: its session, whole or in parts, and sign-ins under way. Other zones cannot read them and need not hold them. */
const HOST_COOKIE = /^(__session(__\d+)?|__txn_[^=]*)=/

function withoutHostCookies(cookies: string | null): string {
  return (cookies ?? '')
    .split('; ')
    .filter((pair) => !HOST_COOKIE.test(pair))
    .join('; ')
}
