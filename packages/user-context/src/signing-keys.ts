/** The secret both zones know. The other two are accepted and never used to sign, while a rotation is under way. */
export interface SigningSecrets {
  readonly current: string
  /** Will sign once everybody is sure to accept it. */
  readonly next?: string
  /** Signed until the last change; tokens under it may still be alive. */
  readonly previous?: string
}

export interface SigningKey {
  readonly kid: string
  readonly key: CryptoKey
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const

/** HS256 wants a key at least as long as its hash. @source RFC 7518 section 3.2 */
export const MIN_SECRET_BYTES = 32

/**
 * A secret as a key, named by its fingerprint: the first 64 bits of an HMAC under the secret itself, which shows that
 * two parties hold the same secret and nothing of the secret.
 * @throws RangeError when the secret is shorter than 32 bytes.
 */
export async function signingKey(secret: string): Promise<SigningKey> {
  const bytes = new TextEncoder().encode(secret)
  if (bytes.length < MIN_SECRET_BYTES) {
    throw new RangeError(`the user-context signing secret must have at least ${MIN_SECRET_BYTES} bytes`)
  }
  const key = await crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign', 'verify'])
  const fingerprint = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode('x-sax-user-context kid'))
  return { kid: Buffer.from(fingerprint).toString('hex').slice(0, 16), key }
}
