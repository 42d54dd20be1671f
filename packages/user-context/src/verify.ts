import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { type SigningKey, type SigningSecrets, signingKey } from './signing-keys.ts'
import {
  AUDIENCE,
  ISSUER,
  MAX_CLOCK_TOLERANCE_SEC,
  MAX_TOKEN_BYTES,
  parseClaims,
  type UserContext,
} from './user-context.ts'
import { UserContextError, type UserContextRefusal } from './user-context-error.ts'

export interface VerifierOptions {
  readonly secrets: SigningSecrets
  /** Present time in whole or fractional seconds since the epoch. */
  readonly nowSec: () => number
  /** Clock difference forgiven, in seconds. Default 5, at most 60. */
  readonly clockToleranceSec?: number
}

export interface VerifiedUserContext {
  readonly context: UserContext
  /** End of the token's life, seconds since the epoch. */
  readonly expiresAtSec: number
  /** The token as presented, for the next hop. */
  readonly token: string
}

export type Verification =
  | { readonly kind: 'ok'; readonly verified: VerifiedUserContext }
  | { readonly kind: 'refused'; readonly code: UserContextRefusal }

/** Judges the tokens a request presents, best first: the first that holds wins, so a bad header never hides a good cookie. */
export type Verifier = (presented: readonly string[]) => Promise<Verification>

/**
 * A verifier of user-context tokens: HS256 only, our issuer and audience only, any secret of a rotation.
 * When every presented token is refused, the answer carries the first one's refusal.
 * @throws RangeError when a secret is too short or the tolerance is over 60 s.
 */
export function createVerifier({ secrets, nowSec, clockToleranceSec = 5 }: VerifierOptions): Verifier {
  if (!(clockToleranceSec >= 0 && clockToleranceSec <= MAX_CLOCK_TOLERANCE_SEC)) {
    throw new RangeError(`clock tolerance must lie between 0 and ${MAX_CLOCK_TOLERANCE_SEC} s`)
  }
  const { current, next, previous } = secrets
  const keys = Promise.all([current, next, previous].filter((secret) => secret !== undefined).map(signingKey))
  // The first caller sees a rejection; without this line Node would also report it as unhandled before there is one.
  keys.catch(() => undefined)

  const verifyOne = async (token: string): Promise<Verification> => {
    if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) return refused('malformed')
    const known = await keys
    try {
      const { kid } = decodeProtectedHeader(token)
      // A token without `kid` was signed before rotation existed: any secret may have made it.
      const candidates = kid === undefined ? known : known.filter((key) => key.kid === kid)
      const payload = await payloadUnderAny(token, candidates)
      const parsed = parseClaims(payload)
      if (parsed.kind === 'refused') return parsed
      return { kind: 'ok', verified: { context: parsed.context, expiresAtSec: payload.exp ?? 0, token } }
    } catch (error) {
      return refused(refusalOf(error))
    }
  }

  const payloadUnderAny = async (token: string, candidates: readonly SigningKey[]): Promise<JWTPayload> => {
    for (const { key } of candidates) {
      try {
        return (await jwtVerify(token, key, checks())).payload
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
      }
    }
    throw new UserContextError('untrusted')
  }

  const checks = () => ({
    algorithms: ['HS256'],
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: ['exp', 'iat'],
    clockTolerance: clockToleranceSec,
    currentDate: new Date(nowSec() * 1000),
  })

  return async (presented) => {
    let first: Verification | undefined
    for (const token of presented) {
      const verification = await verifyOne(token)
      if (verification.kind === 'ok') return verification
      first ??= verification
    }
    return first ?? refused('missing')
  }
}

function refused(code: UserContextRefusal): Verification {
  return { kind: 'refused', code }
}

/** jose's errors may hold the claims, so only the code leaves this function. */
function refusalOf(error: unknown): UserContextRefusal {
  if (error instanceof UserContextError) return error.code
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'wrong_audience'
    return error.claim === 'iss' ? 'untrusted' : 'malformed'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed)
    return 'untrusted'
  if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError)
    return 'malformed'
  throw error
}
