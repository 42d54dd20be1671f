import { type ReleaseEvent, verificationPeople } from '@sax/release'
import { AUDIENCE, ISSUER, type SigningSecrets, signingKey } from '@sax/user-context'
import { createMinter } from '@sax/user-context/mint'
import { decodeJwt, SignJWT } from 'jose'

type Wanted = Extract<ReleaseEvent, { readonly sax: 'verification-token' }>

/** Life of such a token, in seconds. */
const TTL_SEC = 60
/** Far beyond any clock that may be forgiven, in seconds. */
const LONG_AGO_SEC = 3600

/**
 * A user context token for one of the people of verification, signed as every other. A flawed one is right in all but
 * the one respect that was asked for, so that whoever lets it in shows which check is missing.
 */
export async function verificationToken(
  { of, flaw }: Wanted,
  { secrets, nowSec }: { readonly secrets: SigningSecrets; readonly nowSec: () => number },
): Promise<{ readonly token: string; readonly expiresAtSec: number }> {
  const secret = secrets.current
  const at = () => nowSec() - (flaw === 'expired' ? LONG_AGO_SEC : 0)
  const minted = await createMinter({ secret, nowSec: at })(verificationPeople[of], TTL_SEC)
  if (flaw === undefined || flaw === 'expired') return minted
  const { kid, key } = await signingKey(secret)
  const claims = { ...decodeJwt(minted.token), ...wrong[flaw] }
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid }).sign(key)
  return { token, expiresAtSec: minted.expiresAtSec }
}

const wrong = {
  'wrong-audience': { aud: `not-${AUDIENCE}` },
  'wrong-issuer': { iss: `not-${ISSUER}` },
} as const
