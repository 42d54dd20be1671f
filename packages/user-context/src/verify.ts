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

/** Secrets that change while a process runs: a rotation is none of its business. */
export interface ChangingSecrets {
  /** Those to verify with, the same object for as long as they do not change. */
  readonly get: () => Promise<SigningSecrets>
  /** The same, read anew if that is allowed now; asked when a token is under none of those known. */
  readonly refresh: () => Promise<SigningSecrets>
}

export interface VerifierOptions {
  readonly secrets: SigningSecrets | ChangingSecrets
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
 * When every presented token is refused, the answer carries the first one's refusal. Where secrets change, a token that
 * none of them signed is judged once more under those that are read then.
 * @throws RangeError when a secret is too short or the tolerance is over 60 s; and what reading the secrets throws.
 */
export function createVerifier({ secrets, nowSec, clockToleranceSec = 5 }: VerifierOptions): Verifier {
  if (!(clockToleranceSec >= 0 && clockToleranceSec <= MAX_CLOCK_TOLERANCE_SEC)) {
    throw new RangeError(`clock tolerance must lie between 0 and ${MAX_CLOCK_TOLERANCE_SEC} s`)
  }
  const { get, refresh }: ChangingSecrets = 'current' in secrets ? unchanging(secrets) : secrets
  const keysOf = keysOnce()

  const verifyOne = async (token: string, known: readonly SigningKey[]): Promise<Verification> => {
    if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) return refused('malformed')
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

  const verifyUnder = async (presented: readonly string[], known: readonly SigningKey[]): Promise<Judged> => {
    let first: Verification | undefined
    let untrusted = false
    for (const token of presented) {
      const verification = await verifyOne(token, known)
      if (verification.kind === 'ok') return { verification, untrusted: false }
      first ??= verification
      untrusted ||= verification.code === 'untrusted'
    }
    return { verification: first ?? refused('missing'), untrusted }
  }

  return async (presented) => {
    if (presented.length === 0) return refused('missing')
    const before = await get()
    const judged = await verifyUnder(presented, await keysOf(before))
    if (!judged.untrusted) return judged.verification
    const after = await refresh()
    return after === before ? judged.verification : (await verifyUnder(presented, await keysOf(after))).verification
  }
}

interface Judged {
  readonly verification: Verification
  /** Whether a token was refused that other secrets might let through. */
  readonly untrusted: boolean
}

function unchanging(secrets: SigningSecrets): ChangingSecrets {
  return { get: async () => secrets, refresh: async () => secrets }
}

/** Makes keys of secrets, once for the same object. */
function keysOnce(): (secrets: SigningSecrets) => Promise<readonly SigningKey[]> {
  let made: { readonly of: SigningSecrets; readonly keys: Promise<readonly SigningKey[]> } | undefined
  return (secrets) => {
    if (made?.of === secrets) return made.keys
    const { current, next, previous } = secrets
    const keys = Promise.all([current, next, previous].filter((secret) => secret !== undefined).map(signingKey))
    made = { of: secrets, keys }
    return keys
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
