import type { ErrorCode } from '@sax/api-contract'
import { ambiguityOf, isNavigationData, loginPath, MAX_HOPS, type Zone } from '@sax/topology'
import { type Place, paths } from './places.ts'

/** Largest body carried to a zone. Next cuts bodies off at 10 MB and a function refuses more than 6 MB. */
export const MAX_CARRIED_BYTES = 5 * 1024 * 1024

export interface RequestFacts {
  readonly method: string
  /** As on the wire, still encoded. */
  readonly pathname: string
  /** With its question mark, or empty. */
  readonly search: string
  /** Value of `x-sax-hops`. */
  readonly hops: string | null
  readonly contentLength: string | null
  /** A fetch of Next's client (soft navigation, prefetch), not a page load. */
  readonly isRscRequest: boolean
  /** `unusable`: signed in, but the account's claims name no person or practice. */
  readonly session: 'usable' | 'unusable' | 'none'
  /** The request presents a user context of its own that holds. */
  readonly holdsToken: boolean
}

export type Decision =
  | {
      readonly kind: 'refuse'
      readonly status: 400 | 401 | 405 | 413 | 508
      readonly code: ErrorCode
      readonly message: string
    }
  /** To another path of this site. */
  | { readonly kind: 'redirect'; readonly path: string }
  /** To the zone, with a token minted from the session, with the client's own, or with none. */
  | {
      readonly kind: 'carry'
      readonly zone: Zone
      readonly token: 'session' | 'client' | 'none'
      readonly hops: number
    }
  | { readonly kind: 'sdk' }
  | { readonly kind: 'static' }
  | { readonly kind: 'own' }

/** What happens to a request at the host. A page that nobody thought of needs a session. */
export function decide(place: Place, facts: RequestFacts): Decision {
  if (ambiguityOf(facts.pathname)) return refuse(400, 'VALIDATION_ERROR', 'This address can be read in two ways.')
  switch (place.kind) {
    case 'zone':
      return decideForZone(place, facts)
    case 'static':
      return { kind: 'static' }
    case 'sdk':
      // A HEAD of somebody's link checker must not sign a person out.
      if (facts.method !== 'GET') return refuse(405, 'VALIDATION_ERROR', 'This address is for opening in a browser.')
      return { kind: 'sdk' }
    case 'public':
    case 'public-api':
      return { kind: 'own' }
    case 'api':
      return facts.session === 'usable' ? { kind: 'own' } : refuse(401, 'UNAUTHORIZED', 'Sign in to go on.')
    case 'page':
      return facts.session === 'usable' ? { kind: 'own' } : signInFirst(facts)
  }
}

function decideForZone(place: Extract<Place, { kind: 'zone' }>, facts: RequestFacts): Decision {
  const hops = passes(facts.hops) + 1
  if (hops > MAX_HOPS) return refuse(508, 'INTERNAL_ERROR', 'This request goes round in circles inside the site.')
  if (Number(facts.contentLength ?? 0) > MAX_CARRIED_BYTES) {
    return refuse(413, 'VALIDATION_ERROR', 'The request body is too large.')
  }
  const carry = (token: 'session' | 'client' | 'none') => ({ kind: 'carry', zone: place.zone, token, hops }) as const
  if (place.area === 'assets' || place.area === 'health') return carry('none')
  if (facts.session === 'usable') return carry('session')
  if (facts.holdsToken) return carry('client')
  // The zone answers 401 to an API call without a token, in its own words.
  if (place.area === 'api') return carry('none')
  return signInFirst({ ...facts, isRscRequest: facts.isRscRequest || isNavigationData(place.zone, facts.pathname) })
}

function signInFirst({ session, pathname, search, isRscRequest }: RequestFacts): Decision {
  // It cannot follow to another origin, and a sign-in begun for it is never ended. On 401 the browser loads the page itself.
  if (isRscRequest) return refuse(401, 'UNAUTHORIZED', 'Sign in to go on.')
  if (session === 'unusable') return { kind: 'redirect', path: `${paths.signInProblem}?reason=unusable_account` }
  return { kind: 'redirect', path: loginPath(pathname + withoutRscHash(search)) }
}

/** Next marks its own data requests with `_rsc`; a person comes back to the page, not to its data. */
function withoutRscHash(search: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '' && !/^_rsc(=|$)/.test(pair))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}

function passes(hops: string | null): number {
  return hops !== null && /^\d{1,3}$/.test(hops) ? Number(hops) : 0
}

function refuse(status: 400 | 401 | 405 | 413 | 508, code: ErrorCode, message: string): Decision {
  return { kind: 'refuse', status, code, message }
}
