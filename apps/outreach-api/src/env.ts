import { isStage } from '@sax/topology'
import { z } from 'zod'

type Variables = Readonly<Record<string, string | undefined>>

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })

const api = z.object({
  STAGE: z.string().refine(isStage, 'must name a stage of the topology'),
  RELEASE: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  DATABASE_URL: postgresUrl,
  AUTH0_CLIENT_SECRET: z.string().min(32),
  AUTH0_CLIENT_SECRET_PREVIOUS: z.string().min(32).optional(),
})

const migration = z.object({ DATABASE_ADMIN_URL: postgresUrl, APP_USER_PASSWORD: z.string().min(8) })
const sampleData = z.object({ DATABASE_ADMIN_URL: postgresUrl })

export interface ApiSettings {
  readonly release: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly port: number
  /** Connection string of `app_user`. */
  readonly databaseUrl: string
  readonly secrets: { readonly current: string; readonly previous?: string }
}

/** @throws Error naming the variables that are missing or wrong, never their values. */
export function readApiEnv(variables: Variables): ApiSettings {
  const data = parse(api, variables)
  return {
    release: data.RELEASE,
    logLevel: data.LOG_LEVEL,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    secrets: {
      current: data.AUTH0_CLIENT_SECRET,
      ...(data.AUTH0_CLIENT_SECRET_PREVIOUS ? { previous: data.AUTH0_CLIENT_SECRET_PREVIOUS } : {}),
    },
  }
}

/** @throws Error as `readApiEnv` does. */
export function readMigrationEnv(variables: Variables): {
  readonly adminUrl: string
  readonly appUserPassword: string
} {
  const data = parse(migration, variables)
  return { adminUrl: data.DATABASE_ADMIN_URL, appUserPassword: data.APP_USER_PASSWORD }
}

/** @throws Error as `readApiEnv` does. */
export function readSampleDataEnv(variables: Variables): { readonly adminUrl: string } {
  return { adminUrl: parse(sampleData, variables).DATABASE_ADMIN_URL }
}

export const apiEnv = () => readApiEnv(process.env)
export const migrationEnv = () => readMigrationEnv(process.env)
export const sampleDataEnv = () => readSampleDataEnv(process.env)

function parse<T extends z.ZodType>(schema: T, variables: Variables): z.output<T> {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`environment refused: ${wrong.join('; ')}`)
}
