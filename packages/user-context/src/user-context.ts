import type { UserContextRefusal } from './user-context-error.ts'

/** Roles a person can hold in a practice. */
export const roles = ['coordinator', 'manager', 'administrator'] as const
export type Role = (typeof roles)[number]

/** Who asks, for which practice. What a verified token says, in our own words. */
export interface UserContext {
  readonly saxId: number
  readonly tenantId: string
  readonly practiceId: string
  readonly practiceName?: string
  readonly email: string
  readonly name: string
  /** Unknown role names in a token are dropped; an absent claim is an empty list. */
  readonly roles: readonly Role[]
}

/** Version of the token's claims. Raised when a verifier of the version before would refuse what a minter writes. */
export const USER_CONTEXT_VERSION = 1

export const ISSUER = 'sleepconnect'
export const AUDIENCE = 'outreach'

/** Longest token accepted or minted, in bytes. Name and value must fit the 4,096 bytes browsers keep of a cookie. @source RFC 6265 section 6.1 */
export const MAX_TOKEN_BYTES = 3072

/** Most clock difference between host and zone that may ever be configured, in seconds. */
export const MAX_CLOCK_TOLERANCE_SEC = 60

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export type ParsedClaims =
  | { readonly kind: 'ok'; readonly context: UserContext }
  | { readonly kind: 'refused'; readonly code: Extract<UserContextRefusal, 'malformed'> }

/** The user context that a token's claims spell, or `refused` when any of them has the wrong shape. Never throws. */
export function parseClaims(claims: Readonly<Record<string, unknown>>): ParsedClaims {
  const saxId = parseSaxId(claims.sax_id)
  const { tenant_id: tenantId, practice_id: practiceId, practice_name: practiceName, email, name } = claims
  if (saxId === undefined || !isUuid(tenantId) || !isUuid(practiceId)) return malformed
  if (typeof email !== 'string' || typeof name !== 'string') return malformed
  if (practiceName !== undefined && typeof practiceName !== 'string') return malformed
  if (claims.roles !== undefined && !Array.isArray(claims.roles)) return malformed
  return {
    kind: 'ok',
    context: {
      saxId,
      tenantId: tenantId.toLowerCase(),
      practiceId: practiceId.toLowerCase(),
      ...(practiceName === undefined ? {} : { practiceName }),
      email,
      name,
      roles: knownRoles(claims.roles),
    },
  }
}

/** A `sax_id` claim: a positive safe integer, or the same in decimal digits without leading zeros. */
export function parseSaxId(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^[1-9][0-9]{0,15}$/.test(value)) return undefined
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

/** The known roles among `names`, in their canonical order, each once. */
export function knownRoles(names: unknown): readonly Role[] {
  const given = new Set(Array.isArray(names) ? names : [])
  return roles.filter((role) => given.has(role))
}

const malformed: ParsedClaims = { kind: 'refused', code: 'malformed' }
