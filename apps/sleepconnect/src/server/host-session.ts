import type { Auth0Client } from '@auth0/nextjs-auth0/server'
import type { SessionData } from '@auth0/nextjs-auth0/types'
import { parseClaims, type UserContext } from '@sax/user-context'

/** A session of the host, read from its cookie. */
export type HostSession =
  | { readonly kind: 'none' }
  /** Signed in, but the account names no person, tenant or practice: nothing can be shown. */
  | { readonly kind: 'unusable' }
  | {
      readonly kind: 'usable'
      readonly context: UserContext
      readonly data: SessionData
      /** Opened its cookie, and is the one that can write it again. */
      readonly sdk: Pick<Auth0Client, 'updateSession'>
    }

/** The session in our own words. */
export function hostSession(data: SessionData | null, sdk: Pick<Auth0Client, 'updateSession'>): HostSession {
  if (data === null) return { kind: 'none' }
  const parsed = parseClaims(data.user)
  return parsed.kind === 'ok' ? { kind: 'usable', context: parsed.context, data, sdk } : { kind: 'unusable' }
}

/** Time between two renewals of the session cookie, in seconds. Not on every answer: an old one arriving late would undo a practice switch. */
const ROLL_EVERY_SEC = 300

/** The session with a new mark of use, or undefined while the last one is recent. */
export function rolledSession(data: SessionData, nowSec: number): SessionData | undefined {
  const lastSec = typeof data.rolledAtSec === 'number' ? data.rolledAtSec : data.internal.createdAt
  return nowSec - lastSec < ROLL_EVERY_SEC ? undefined : { ...data, rolledAtSec: Math.floor(nowSec) }
}
