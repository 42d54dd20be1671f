import { SignJWT } from 'jose'
import { type SigningKey, signingKey } from './signing-keys.ts'
import { AUDIENCE, ISSUER, MAX_TOKEN_BYTES, parseClaims, type UserContext } from './user-context.ts'

export interface MinterOptions {
  /** The current signing secret, at least 32 bytes. A function where it changes while the process runs: asked each time. */
  readonly secret: string | (() => Promise<string>)
  /** Present time in seconds since the epoch. */
  readonly nowSec: () => number
}

export interface MintedToken {
  readonly token: string
  readonly expiresAtSec: number
}

/** Signs a user context that lives for `ttlSec` seconds. */
export type Minter = (context: UserContext, ttlSec: number) => Promise<MintedToken>

/** A user context that cannot be minted: it would be refused by every verifier. Carries no claim. */
export class MintError extends Error {
  override readonly name = 'MintError'
  readonly code: 'malformed' | 'too_large'
  constructor(code: 'malformed' | 'too_large') {
    super(code === 'too_large' ? `the user context exceeds ${MAX_TOKEN_BYTES} bytes` : 'the user context is malformed')
    this.code = code
  }
}

/**
 * A minter of user-context tokens. Only the host zone and the local tools may import it.
 * The returned function throws `MintError` for a context no verifier would accept.
 * @throws RangeError when the secret is too short (at the first call); and what asking for the secret throws.
 */
export function createMinter({ secret, nowSec }: MinterOptions): Minter {
  const keyOf = keyOnce()
  return async (context, ttlSec) => {
    const claims = {
      sax_id: context.saxId,
      tenant_id: context.tenantId,
      practice_id: context.practiceId,
      ...(context.practiceName === undefined ? {} : { practice_name: context.practiceName }),
      email: context.email,
      name: context.name,
      roles: [...context.roles],
    }
    if (parseClaims(claims).kind === 'refused') throw new MintError('malformed')
    const { kid, key: cryptoKey } = await keyOf(typeof secret === 'string' ? secret : await secret())
    const issuedAtSec = Math.floor(nowSec())
    const expiresAtSec = issuedAtSec + Math.floor(ttlSec)
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAtSec)
      .setExpirationTime(expiresAtSec)
      .sign(cryptoKey)
    if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) throw new MintError('too_large')
    return { token, expiresAtSec }
  }
}

/** Makes a key of a secret, once for as long as it is the same. */
function keyOnce(): (secret: string) => Promise<SigningKey> {
  let made: { readonly of: string; readonly key: Promise<SigningKey> } | undefined
  return (secret) => {
    if (made?.of !== secret) made = { of: secret, key: signingKey(secret) }
    return made.key
  }
}
