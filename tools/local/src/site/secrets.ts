import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const stored = z.object({
  /** Client secret at the identity provider; also signs the user context. */
  userContextSecret: z.string().min(32),
  /** Encrypts the host's session. */
  sessionSecret: z.string().min(32),
  postgresPassword: z.string().min(16),
  appUserPassword: z.string().min(16),
  /** Opens the account at the carrier and signs what the carrier sends. */
  carrierAuthToken: z.string().min(32),
})

const before = stored.omit({ carrierAuthToken: true }).strict()

export type SiteSecrets = z.infer<typeof stored>

/**
 * The secrets of a data folder: made once, kept in `secrets.json` (mode 0600).
 * @throws Error when the file is there and cannot be used; new secrets would lock the database that it opens.
 */
export function keptSecrets(dataDir: string): SiteSecrets {
  const path = join(dataDir, 'secrets.json')
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const text = readIfThere(path)
  if (text !== undefined) {
    try {
      const known: unknown = JSON.parse(text)
      const complete = stored.safeParse(known)
      if (complete.success) return complete.data
      // A folder of before there was a carrier keeps everything else: it opens the database.
      const grown = stored.parse({ ...before.parse(known), carrierAuthToken: secret() })
      write(path, grown)
      return grown
    } catch (cause) {
      throw new Error(`${path} cannot be read: restore it, or start afresh with npm run reset`, { cause })
    }
  }
  const secrets = {
    userContextSecret: secret(),
    sessionSecret: secret(),
    postgresPassword: secret(),
    appUserPassword: secret(),
    carrierAuthToken: secret(),
  }
  write(path, secrets)
  return secrets
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function write(path: string, secrets: SiteSecrets): void {
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
