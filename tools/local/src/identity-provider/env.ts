import { z } from 'zod'

const environment = z.object({
  STAGE: z.enum(['local', 'rehearsal']),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  PORT: z.coerce.number().int().min(1).max(65_535),
  /** Folder for the signing key, so that a restart ends no sign-in. */
  DATA_DIR: z.string().min(1),
  /** Public base of the host zone, the one client. */
  APP_BASE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  CLIENT_ID: z.string().min(1),
  CLIENT_SECRET: z.string().min(32),
  /** Put before the names of our own claims, as some tenants of Auth0 do. Empty: plain names. */
  CLAIMS_NAMESPACE: z.string().default(''),
})

export type IdentityProviderEnvironment = z.infer<typeof environment>

/** The provider's settings. @throws ZodError naming the variables that are missing or wrong. */
export function readEnvironment(): IdentityProviderEnvironment {
  return environment.parse(process.env)
}
