import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RELEASE_FILE, readReleaseFile } from '@sax/release'
import { awsOfFunction } from '@sax/stored-secrets'
import { MAX_TOKEN_LIFE_SEC } from '@sax/user-context'
import * as z from 'zod'

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const secret = z.string().min(32, 'must have at least 32 characters')

/** A laptop holds the values. */
const givenSecrets = z
  .object({
    /** Also signs the user context. */
    AUTH0_CLIENT_SECRET: secret,
    /** Accepted while the client secret is being rotated, never used to sign. */
    AUTH0_CLIENT_SECRET_PREVIOUS: secret.or(z.literal('')).optional(),
    /** Encrypts the session cookie. */
    AUTH0_SECRET: secret,
  })
  .refine((env) => env.AUTH0_SECRET !== env.AUTH0_CLIENT_SECRET, {
    path: ['AUTH0_SECRET'],
    message: 'must differ from AUTH0_CLIENT_SECRET: other zones know that one',
  })
  .transform((env) => ({
    kind: 'given' as const,
    auth0: { clientSecret: env.AUTH0_CLIENT_SECRET },
    session: { current: env.AUTH0_SECRET },
    userContext: {
      current: env.AUTH0_CLIENT_SECRET,
      ...(env.AUTH0_CLIENT_SECRET_PREVIOUS ? { previous: env.AUTH0_CLIENT_SECRET_PREVIOUS } : {}),
    },
  }))

const noValue = z
  .undefined('must not be set where secrets are stored: a rollback would bring its value back')
  .optional()

/** A stage holds the names under which they are stored. */
const storedSecrets = awsOfFunction.and(
  z
    .object({
      AUTH0_SECRET_ID: z.string().min(1),
      SESSION_SECRET_ID: z.string().min(1),
      USER_CONTEXT_SECRET_ID: z.string().min(1),
      AUTH0_CLIENT_SECRET: noValue,
      AUTH0_SECRET: noValue,
    })
    .transform((env) => ({
      kind: 'stored' as const,
      ids: { auth0: env.AUTH0_SECRET_ID, session: env.SESSION_SECRET_ID, userContext: env.USER_CONTEXT_SECRET_ID },
    })),
)

const settings = z
  .object({
    STAGE: z.enum(['develop', 'staging', 'production', 'local', 'rehearsal']),
    RELEASE: z.string().min(1),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
    /** Auth0's host name, or on a laptop a URL with scheme; the SDK refuses IP addresses. */
    AUTH0_DOMAIN: z.string().min(1),
    AUTH0_CLIENT_ID: z.string().min(1),
    /** Public base URL of the site. Every absolute URL the host writes starts with it; no request header decides. */
    APP_BASE_URL: httpUrl,
    /** Front door of the Outreach zone, where this host carries its requests. */
    OUTREACH_APP_URL: httpUrl,
    /** Prefix of our own claims in the ID token, for example `https://sleepconnect/`. Empty: plain names. */
    CLAIMS_NAMESPACE: z.string().default(''),
    /** A rotation of the signing secret waits for the longest life there may be. */
    USER_CONTEXT_TTL_SEC: z.coerce.number().int().min(5).max(MAX_TOKEN_LIFE_SEC),
  })
  .refine((env) => new URL(env.OUTREACH_APP_URL).origin !== new URL(env.APP_BASE_URL).origin, {
    path: ['OUTREACH_APP_URL'],
    message: 'must not be the public name of this host: its requests would come back for ever',
  })

export type SecretSettings = z.output<typeof givenSecrets> | z.output<typeof storedSecrets>
export type Env = z.output<typeof settings> & { readonly secrets: SecretSettings }

/**
 * The host's settings.
 * @throws Error naming the variables that are missing or wrong, never their values.
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = settings.safeParse(variables)
  const secrets = (variables.USER_CONTEXT_SECRET_ID === undefined ? givenSecrets : storedSecrets).safeParse(variables)
  if (parsed.success && secrets.success) return { ...parsed.data, secrets: secrets.data }
  const faults = [...(parsed.error?.issues ?? []), ...(secrets.error?.issues ?? [])].map(
    (issue) => `${issue.path.join('.')}: ${issue.message}`,
  )
  throw new Error(`The environment of sleepconnect is not usable. ${faults.join('; ')}`)
}

/** The settings of this process. A function's package says which release it is; its environment would be of another. */
export function readEnv(): Env {
  const packaged = process.env.LAMBDA_TASK_ROOT
  return parseEnv({ ...process.env, ...(packaged === undefined ? {} : { RELEASE: releaseIn(packaged) }) })
}

function releaseIn(folder: string): string {
  // The bundler must not look for the file: it is written when the function is packed.
  const file = join(/* turbopackIgnore: true */ folder, RELEASE_FILE)
  return readReleaseFile(readFileSync(file, 'utf8'))
}

/** True under `next dev`, which needs `eval` for its error overlay. Fixed at build time. */
export const isDevelopmentServer = process.env.NODE_ENV === 'development'
