import { isUnder, loginPath, outreach } from '@sax/topology'
import type { UserContextRefusal } from '@sax/user-context'
import type { Verification } from '@sax/user-context/verify'
import { AT_THE_START } from './at-the-start.ts'
import { spendRedirect } from './redirect-budget.ts'

/** What one request asks, as far as the decision needs it. */
export interface Entry {
  readonly method: string
  /** As received, with the base path. */
  readonly pathname: string
  /** With its `?`, or empty. */
  readonly search: string
  /** The viewer's Host as the edge wrote it down; undefined without an edge. */
  readonly forwardedHost: string | undefined
  /** A fetch of Next's client (soft navigation), not a page load. */
  readonly isNavigationData: boolean
  /** Value of the cookie that counts redirects. */
  readonly redirectCookie: string | undefined
}

export interface Surroundings {
  /** Public base of the host zone, without a trailing slash. */
  readonly hostUrl: string
  readonly nowSec: number
  /** Development serves more of Next's own files. */
  readonly development: boolean
}

export type Decision =
  /** Public: no session needed, nothing about a person in the answer. */
  | { readonly kind: 'public' }
  /** A page for the bearer of a verified token. */
  | { readonly kind: 'page' }
  | {
      readonly kind: 'redirect'
      readonly location: string
      readonly cookieValue: string
      readonly maxAgeSec: number
      readonly code: UserContextRefusal
    }
  /** Sign-in was tried and did not help: say why instead of going round again. */
  | { readonly kind: 'explain'; readonly signInUrl: string; readonly code: UserContextRefusal }
  /** Callers that cannot follow a redirect to a sign-in page. */
  | { readonly kind: 'unauthorized'; readonly code: UserContextRefusal }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'method-not-allowed' }

/** True for paths that hold nothing about anybody: Next's own files, the health answer. */
export function isPublicPath(pathname: string, development: boolean): boolean {
  const open = [`${outreach.assetPrefix}/_next/static`, `${outreach.basePath}/_next/static`]
  if (development) {
    open.push(`${outreach.assetPrefix}/_next`, `${outreach.basePath}/_next`, `${outreach.basePath}/__nextjs_font`)
  }
  return (
    pathname === outreach.healthPath || pathname === AT_THE_START || open.some((prefix) => isUnder(pathname, prefix))
  )
}

/** What the zone answers before any page is rendered. Pure; everything that is not named public needs a verified token. */
export function decide(
  entry: Entry,
  verification: Verification,
  { hostUrl, nowSec, development }: Surroundings,
): Decision {
  if (isPublicPath(entry.pathname, development)) return { kind: 'public' }
  // A file that is not there; nobody signs in to fetch one.
  if (isUnder(entry.pathname, outreach.assetPrefix)) return { kind: 'not-found' }
  const isApi = isUnder(entry.pathname, outreach.apiPath)
  if (verification.kind === 'refused') {
    const { code } = verification
    // On 401 to a soft navigation the browser loads the page itself, and comes here again.
    if (isApi || entry.isNavigationData || !isRead(entry.method)) return { kind: 'unauthorized', code }
    const here = entry.pathname + (entry.search === '?' ? '' : entry.search)
    const signInUrl = `${hostUrl}${loginPath(here)}`
    const budget = spendRedirect(entry.redirectCookie, nowSec)
    if (budget.kind === 'exhausted') return { kind: 'explain', signInUrl, code }
    const { cookieValue, maxAgeSec } = budget
    // On the zone's own name nobody can sign in: the same page under the host's name decides what comes next.
    const location = isHostName(entry.forwardedHost, hostUrl) ? signInUrl : `${hostUrl}${here}`
    return { kind: 'redirect', location, cookieValue, maxAgeSec, code }
  }
  // The API routes are a process of their own; a request for them that ends up here was routed wrongly.
  if (isApi) return { kind: 'not-found' }
  return isRead(entry.method) ? { kind: 'page' } : { kind: 'method-not-allowed' }
}

/** Whether the viewer asked for the host zone's public name. */
export function isHostName(forwardedHost: string | undefined, hostUrl: string): boolean {
  return forwardedHost !== undefined && forwardedHost.trim().toLowerCase() === new URL(hostUrl).host
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}
