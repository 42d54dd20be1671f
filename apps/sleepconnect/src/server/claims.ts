import { type ParsedClaims, parseClaims, type UserContext } from '@sax/user-context'

/** What the session remembers of a person: the claims the user context is minted from, under plain names. */
export interface StoredUser {
  readonly sub: string
  readonly [claim: string]: unknown
}

/** Longest name kept of a person or practice, in characters; the rest would only fatten the cookie. */
const MAX_NAME_LENGTH = 200

/** Our own claims. An identity provider may prefix them; `name` and `email` are OpenID's and never prefixed. */
const OWN_CLAIMS = ['sax_id', 'tenant_id', 'practice_id', 'practice_name', 'roles'] as const

/**
 * The user context that an ID token's claims spell, or `refused` when they name no person, tenant or practice.
 * The only place that knows how the identity provider calls our claims.
 */
export function readIdTokenClaims(idToken: Readonly<Record<string, unknown>>, namespace: string): ParsedClaims {
  const own = Object.fromEntries(OWN_CLAIMS.map((claim) => [claim, idToken[`${namespace}${claim}`]]))
  return parseClaims({
    ...own,
    email: text(idToken.email),
    name: text(idToken.name) ?? text(idToken.nickname) ?? text(idToken.email),
    practice_name: text(own.practice_name),
  })
}

/** A session's user as it is stored: needed claims only. An unusable account keeps nothing but its subject. */
export function storedUser(sub: string, parsed: ParsedClaims): StoredUser {
  return parsed.kind === 'ok' ? storedContext(sub, parsed.context) : { sub }
}

export function storedContext(sub: string, context: UserContext): StoredUser {
  return {
    sub,
    name: context.name,
    email: context.email,
    sax_id: context.saxId,
    tenant_id: context.tenantId,
    practice_id: context.practiceId,
    ...(context.practiceName === undefined ? {} : { practice_name: context.practiceName }),
    roles: context.roles,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_NAME_LENGTH) : undefined
}
