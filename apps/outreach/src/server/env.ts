import { stageNames } from '@sax/topology'
import { z } from 'zod'

/** A public base URL: scheme and host, nothing after it. */
const baseUrl = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)

const environment = z.object({
  STAGE: z.enum(stageNames),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Signs the user context. The zone only verifies with it. */
  AUTH0_CLIENT_SECRET: z.string().min(32),
  /** The secret before the last rotation, while tokens signed with it may still be alive. */
  AUTH0_CLIENT_SECRET_PREVIOUS: z.string().min(32).optional(),
  /** Public base of the host zone. */
  SLEEPCONNECT_URL: baseUrl,
})

export type Env = z.infer<typeof environment>

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
  const parsed = environment.safeParse(source)
  if (!parsed.success) throw new EnvError([...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))])
  return parsed.data
}

let known: Env | undefined

/** The settings of this process. Read when the server starts (instrumentation.ts), not when the build looks at a page. */
export function env(): Env {
  known ??= parseEnv(process.env)
  return known
}

/** True under `next dev` only; Next fixes the value when it builds. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}
