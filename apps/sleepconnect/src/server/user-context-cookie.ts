import { USER_CONTEXT } from '@sax/topology'

export interface CookieAttributes {
  readonly name: string
  readonly value: string
  readonly httpOnly: true
  readonly secure: boolean
  readonly sameSite: 'lax'
  readonly path: '/'
  /** Seconds. 0 removes the cookie. */
  readonly maxAge: number
}

/**
 * The cookie that carries the user context where the front door reaches a zone without passing this host. Host-only:
 * stages share a parent domain, and a token of one must never be sent to another.
 */
export function userContextCookie(token: string, maxAgeSec: number, appBaseUrl: string): CookieAttributes {
  return {
    name: USER_CONTEXT,
    value: token,
    httpOnly: true,
    secure: appBaseUrl.startsWith('https:'),
    sameSite: 'lax',
    path: '/',
    maxAge: maxAgeSec,
  }
}

/** The same cookie, removed. */
export function noUserContextCookie(appBaseUrl: string): CookieAttributes {
  return userContextCookie('', 0, appBaseUrl)
}
