import { type Area, host, hostPath, isUnder, routeIn, routes, userContextPath, type Zone } from '@sax/topology'

/** What lies at a path, as far as the proxy cares. Every path has exactly one place; `page` is the strictest. */
export type Place =
  /** Belongs to a zone that this host carries. */
  | { readonly kind: 'zone'; readonly zone: Zone; readonly area: Area | 'health' }
  /** The host's own hashed files and icon. */
  | { readonly kind: 'static' }
  /** Handled by the sign-in SDK. */
  | { readonly kind: 'sdk' }
  /** A page that must be reachable without a session. */
  | { readonly kind: 'public' }
  /** A route of the host's API that answers for itself whether a session is needed. */
  | { readonly kind: 'public-api' }
  | { readonly kind: 'api' }
  | { readonly kind: 'page' }

export const paths = {
  home: hostPath(''),
  login: hostPath('login'),
  callback: hostPath('auth', 'callback'),
  signOut: hostPath('auth', 'logout'),
  signInProblem: hostPath('sign-in-problem'),
  signedOut: hostPath('signed-out'),
  sessionRenewed: hostPath('session-renewed'),
  patients: hostPath('patients'),
} as const

const SDK: readonly string[] = [paths.callback, paths.signOut]
const PUBLIC: readonly string[] = [paths.login, paths.signInProblem, paths.signedOut]
const PUBLIC_API: readonly string[] = [host.healthPath, userContextPath]
const ICONS: readonly string[] = [hostPath('icon.svg'), hostPath('favicon.ico')]
const HASHED_FILES = hostPath('_next', 'static')

/**
 * The place of a path. Exact and case-sensitive, as CloudFront and the zones are: a variant of a known path is not
 * that path but an unknown page, and unknown pages need a session.
 */
export function placeOf(pathname: string): Place {
  const route = routeIn(routes, pathname)
  if (route) {
    return { kind: 'zone', zone: route.zone, area: pathname === route.zone.healthPath ? 'health' : route.area }
  }
  if (isUnder(pathname, HASHED_FILES) || ICONS.includes(pathname)) return { kind: 'static' }
  if (SDK.includes(pathname)) return { kind: 'sdk' }
  if (PUBLIC.includes(pathname)) return { kind: 'public' }
  if (PUBLIC_API.includes(pathname)) return { kind: 'public-api' }
  return isUnder(pathname, host.apiPath) ? { kind: 'api' } : { kind: 'page' }
}
