import { hostUrl, isStage, outreachUrl, type Stage } from '@sax/topology'
import { z } from 'zod'

const schema = z.object({
  STAGE: z.string().refine(isStage, 'must name a stage of the topology'),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  API_BASE_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  AUTH0_CLIENT_SECRET: z.string().min(32),
  AUTH0_CLIENT_SECRET_PREVIOUS: z.string().min(32).optional(),
})

export interface Env {
  readonly stage: Stage
  readonly release: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly port: number
  /** Base of the backend, without a trailing slash and without `/outreach`. */
  readonly apiBaseUrl: string
  readonly secrets: { readonly current: string; readonly previous?: string }
}

/**
 * The process's configuration.
 * @throws Error naming the variables that are missing or wrong, never their values.
 */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`environment refused: ${wrong.join('; ')}`)
  }
  const { data } = parsed
  // A zone that calls its own public name answers itself until the gateway gives up.
  const ownNames = [hostUrl(data.STAGE), outreachUrl(data.STAGE)].map((url) => new URL(url).host)
  if (ownNames.includes(new URL(data.API_BASE_URL).host)) {
    throw new Error('environment refused: API_BASE_URL points at a public name of this site, not at the backend')
  }
  return {
    stage: data.STAGE,
    release: data.RELEASE,
    logLevel: data.LOG_LEVEL,
    port: data.PORT,
    apiBaseUrl: data.API_BASE_URL,
    secrets: {
      current: data.AUTH0_CLIENT_SECRET,
      ...(data.AUTH0_CLIENT_SECRET_PREVIOUS ? { previous: data.AUTH0_CLIENT_SECRET_PREVIOUS } : {}),
    },
  }
}

export const env = () => readEnv(process.env)
