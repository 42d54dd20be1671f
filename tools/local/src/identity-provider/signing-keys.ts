import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'

const stored = z.object({ jwk: z.looseObject({ kty: z.literal('RSA') }), cookieKey: z.string().min(32) })
export type SigningKeys = z.infer<typeof stored>

/** The provider's signing key and cookie key, made at the first start and kept in `dataDir` (mode 0600). */
export async function keptSigningKeys(dataDir: string): Promise<SigningKeys> {
  const path = join(dataDir, 'identity-provider.json')
  try {
    return stored.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // None yet, or a half-written file of an interrupted start: new keys only end running sign-ins.
  }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const keys = stored.parse({
    jwk: { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') },
    cookieKey: randomBytes(32).toString('base64url'),
  })
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  writeFileSync(path, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
