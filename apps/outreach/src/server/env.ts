import { awsOfFunction } from '@sax/stored-secrets'
import { stageNames } from '@sax/topology'
import * as z from 'zod'
import { releaseIn } from './release-in.ts'

/** A public base URL: scheme and host, nothing after it. */
const baseUrl = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)

const secret = z.string().min(32)

/** A laptop holds the values. */
const givenSecrets = z
  .object({
    /** Signs the user context. The zone only verifies with it. */
    AUTH0_CLIENT_SECRET: secret,
    /** The secret before the last rotation, while tokens signed with it may still be alive. */
    AUTH0_CLIENT_SECRET_PREVIOUS: secret.optional(),
  })
  .transform(({ AUTH0_CLIENT_SECRET: current, AUTH0_CLIENT_SECRET_PREVIOUS: previous }) => ({
    kind: 'given' as const,
    userContext: previous === undefined ? { current } : { current, previous },
  }))

/** A stage holds the name under which they are stored. */
const storedSecrets = awsOfFunction.and(
  z
    .object({
      USER_CONTEXT_SECRET_ID: z.string().min(1),
      /** Must not be set: a rollback would bring its value back. */
      AUTH0_CLIENT_SECRET: z.undefined().optional(),
    })
    .transform(({ USER_CONTEXT_SECRET_ID: userContextId }) => ({ kind: 'stored' as const, userContextId })),
)

const settings = z.object({
  STAGE: z.enum(stageNames),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Public base of the host zone. */
  SLEEPCONNECT_URL: baseUrl,
})

export type SecretSettings = z.output<typeof givenSecrets> | z.output<typeof storedSecrets>
export type Env = z.output<typeof settings> & { readonly secrets: SecretSettings }

/** What is wrong with the environment: names only, for values may be secrets. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  constructor(names: readonly string[]) {
    super(`missing or malformed in the environment: ${names.join(', ')}`)
  }
}

/**
 * The settings spelled by `source`.
 * @throws EnvError naming every variable that is missing or malformed.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = settings.safeParse(source)
  const secrets = (source.USER_CONTEXT_SECRET_ID === undefined ? givenSecrets : storedSecrets).safeParse(source)
  if (parsed.success && secrets.success) return { ...parsed.data, secrets: secrets.data }
  const issues = [...(parsed.error?.issues ?? []), ...(secrets.error?.issues ?? [])]
  throw new EnvError([...new Set(issues.map((issue) => String(issue.path[0])))])
}

let known: Env | undefined

/**
 * The settings of this process. Read when the server starts (instrumentation.ts), not when the build looks at a page. A
 * function's package says which release it is; its environment would be of another.
 */
export function env(): Env {
  const packaged = process.env.LAMBDA_TASK_ROOT
  known ??= parseEnv({ ...process.env, ...(packaged === undefined ? {} : { RELEASE: releaseIn(packaged) }) })
  return known
}

/** True under `next dev` only; Next fixes the value when it builds. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}
