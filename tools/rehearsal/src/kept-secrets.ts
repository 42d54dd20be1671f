import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const stored = z.object({
  /** Of the database's administrator. RDS would make it. */
  databasePassword: z.string().min(32),
  /** Of the one application at the identity provider. */
  clientSecret: z.string().min(32),
  /** What the carrier signs with, and is signed in to with. */
  carrierToken: z.string().regex(/^[0-9a-f]{32}$/),
})

type RehearsalSecrets = z.infer<typeof stored>

/**
 * What others would have made for a stage, made up once for a data folder and kept in `secrets.json` (mode 0600).
 * @throws Error when the file is there and cannot be used; new values would lock the database that it opens.
 */
export function keptSecrets(dataDir: string): RehearsalSecrets {
  const path = join(dataDir, 'secrets.json')
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const secrets = {
    databasePassword: randomBytes(32).toString('base64url'),
    clientSecret: randomBytes(32).toString('base64url'),
    carrierToken: randomBytes(16).toString('hex'),
  }
  try {
    writeFileSync(path, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' })
    return secrets
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  try {
    return stored.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Error(`${path} cannot be read: restore it, or give another data folder`, { cause })
  }
}
