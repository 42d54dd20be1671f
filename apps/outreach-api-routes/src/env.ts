import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RELEASE_FILE, readReleaseFile } from '@sax/release'
import { type AwsOfFunction, awsOfFunction } from '@sax/stored-secrets'
import { isStage, type Stage } from '@sax/topology'
import * as z from 'zod'

type Variables = Readonly<Record<string, string | undefined>>

const everywhere = z.object({
  STAGE: z.string().refine(isStage, 'must name a stage of the topology'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  API_BASE_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  // Given, not known: whoever carries the table of stages carries every stage's addresses into each of them.
  PUBLIC_NAMES: z
    .string()
    .transform((names) => names.toLowerCase().split(','))
    .refine((names) => names.every(isHostName), 'must name every public host name of the stage, separated by commas'),
})

const ofProcess = everywhere.extend({
  RELEASE: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535),
  AUTH0_CLIENT_SECRET: z.string().min(32),
  AUTH0_CLIENT_SECRET_PREVIOUS: z.string().min(32).optional(),
})

const ofFunction = everywhere.extend({
  LAMBDA_TASK_ROOT: z.string().min(1),
  USER_CONTEXT_SECRET_ID: z.string().min(1),
  AUTH0_CLIENT_SECRET: z.undefined('must not be set in a stage: a rollback would bring its value back').optional(),
})

interface Settings {
  readonly stage: Stage
  readonly release: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Base of the backend, without a trailing slash and without `/outreach`. */
  readonly apiBaseUrl: string
}

/** Of a process on a laptop. */
export interface Env extends Settings {
  readonly port: number
  readonly secrets: { readonly current: string; readonly previous?: string }
}

/** Of a function in a stage. */
export interface FunctionEnv extends Settings, AwsOfFunction {
  /** Name of the stored secrets that sign the user context. */
  readonly userContextSecretId: string
}

/**
 * The process's configuration.
 * @throws Error naming the variables that are missing or wrong, never their values.
 */
export function readEnv(variables: Variables): Env {
  const data = parse(ofProcess, variables)
  return {
    ...settingsOf(data),
    release: data.RELEASE,
    port: data.PORT,
    secrets: {
      current: data.AUTH0_CLIENT_SECRET,
      ...(data.AUTH0_CLIENT_SECRET_PREVIOUS ? { previous: data.AUTH0_CLIENT_SECRET_PREVIOUS } : {}),
    },
  }
}

/**
 * The function's configuration. Which release it is stands in its package, for its environment may be older.
 * @param textOf reads a file
 * @throws Error as `readEnv` does, or when the package does not say its release.
 */
export function readFunctionEnv(variables: Variables, textOf: (file: string) => string): FunctionEnv {
  const data = parse(ofFunction, variables)
  return {
    ...settingsOf(data),
    ...parse(awsOfFunction, variables),
    release: readReleaseFile(textOf(join(data.LAMBDA_TASK_ROOT, RELEASE_FILE))),
    userContextSecretId: data.USER_CONTEXT_SECRET_ID,
  }
}

export const env = () => readEnv(process.env)
export const functionEnv = () => readFunctionEnv(process.env, (file) => readFileSync(file, 'utf8'))

function settingsOf({
  STAGE,
  LOG_LEVEL,
  API_BASE_URL,
  PUBLIC_NAMES,
}: z.output<typeof everywhere>): Omit<Settings, 'release'> {
  // A zone that calls its own public name answers itself until the gateway gives up.
  if (PUBLIC_NAMES.includes(new URL(API_BASE_URL).host)) {
    throw new Error('environment refused: API_BASE_URL points at a public name of this site, not at the backend')
  }
  return { stage: STAGE, logLevel: LOG_LEVEL, apiBaseUrl: API_BASE_URL }
}

/** As a URL has it: in lower case, with a port where there is one, and nothing else. */
function isHostName(name: string): boolean {
  return URL.parse(`http://${name}`)?.host === name
}

function parse<T extends z.ZodType>(schema: T, variables: Variables): z.output<T> {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`environment refused: ${wrong.join('; ')}`)
}
