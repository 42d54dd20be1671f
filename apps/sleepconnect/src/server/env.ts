import { MAX_TOKEN_LIFE_SEC } from '@sax/user-context'
import { z } from 'zod'

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const secret = z.string().min(32, 'must have at least 32 characters')

const schema = z
  .object({
    STAGE: z.enum(['develop', 'staging', 'production', 'local', 'rehearsal']),
    RELEASE: z.string().min(1),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
    /** Auth0's host name, or on a laptop a URL with scheme; the SDK refuses IP addresses. */
    AUTH0_DOMAIN: z.string().min(1),
    AUTH0_CLIENT_ID: z.string().min(1),
    /** Also signs the user context. */
    AUTH0_CLIENT_SECRET: secret,
    /** Accepted while the client secret is being rotated, never used to sign. */
    AUTH0_CLIENT_SECRET_PREVIOUS: secret.or(z.literal('')).optional(),
    /** Encrypts the session cookie. */
    AUTH0_SECRET: secret,
    /** Public base URL of the site. Every absolute URL the host writes starts with it; no request header decides. */
    APP_BASE_URL: httpUrl,
    /** Front door of the Outreach zone, where this host carries its requests. */
    OUTREACH_APP_URL: httpUrl,
    /** Prefix of our own claims in the ID token, for example `https://sleepconnect/`. Empty: plain names. */
    CLAIMS_NAMESPACE: z.string().default(''),
    /** A rotation of the signing secret waits for the longest life there may be. */
    USER_CONTEXT_TTL_SEC: z.coerce.number().int().min(5).max(MAX_TOKEN_LIFE_SEC),
  })
  .refine((env) => env.AUTH0_SECRET !== env.AUTH0_CLIENT_SECRET, {
    path: ['AUTH0_SECRET'],
    message: 'must differ from AUTH0_CLIENT_SECRET: other zones know that one',
  })
  .refine((env) => new URL(env.OUTREACH_APP_URL).origin !== new URL(env.APP_BASE_URL).origin, {
    path: ['OUTREACH_APP_URL'],
    message: 'must not be the public name of this host: its requests would come back for ever',
  })

export type Env = z.output<typeof schema>

/**
 * The host's settings.
 * @throws Error naming the variables that are missing or wrong, never their values.
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment of sleepconnect is not usable. ${faults.join('; ')}`)
}

/** The settings of this process. */
export function readEnv(): Env {
  return parseEnv(process.env)
}

/** True under `next dev`, which needs `eval` for its error overlay. Fixed at build time. */
export const isDevelopmentServer = process.env.NODE_ENV === 'development'
