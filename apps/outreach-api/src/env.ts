import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { RELEASE_FILE, readReleaseFile } from '@sax/release'
import { type AwsOfFunction, awsOfFunction } from '@sax/stored-secrets'
import { isStage } from '@sax/topology'
import * as z from 'zod'

type Variables = Readonly<Record<string, string | undefined>>

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })

const everywhere = z.object({
  STAGE: z.string().refine(isStage, 'must name a stage of the topology'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

/** Whether what patients write is read by a classifier, and by which. */
const localMoods = z.enum(['off', 'local']).default('off')
const moods = z.enum(['off', 'local', 'comprehend']).default('off')

const api = everywhere.extend({
  RELEASE: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535),
  DATABASE_URL: postgresUrl,
  AUTH0_CLIENT_SECRET: z.string().min(32),
  AUTH0_CLIENT_SECRET_PREVIOUS: z.string().min(32).optional(),
  MEDIA_DIR: z.string().min(1).optional(),
  SENTIMENT: localMoods,
})

const baseUrl = z.url({ protocol: /^https?$/ }).refine((url) => !url.endsWith('/'), 'must not end with a slash')
/** @source Twilio documentation, "What is a String Identifier (SID)?" */
const accountSid = z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits')

const carrier = z.object({
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: z.string().min(32),
  TWILIO_AUTH_TOKEN_PREVIOUS: z.string().min(32).optional(),
  PUBLIC_WEBHOOK_BASE_URL: baseUrl,
})
const worker = everywhere
  .extend({
    RELEASE: z.string().min(1),
    PORT: z.coerce.number().int().min(0).max(65_535),
    DATABASE_URL: postgresUrl,
    TWILIO_API_BASE_URL: baseUrl,
    MEDIA_DIR: z.string().min(1),
    SENTIMENT: localMoods,
  })
  .extend(carrier.shape)

const migration = z.object({ DATABASE_ADMIN_URL: postgresUrl, APP_USER_PASSWORD: z.string().min(8) })
const sampleData = z.object({ DATABASE_ADMIN_URL: postgresUrl })

const inStage = everywhere.extend({
  LAMBDA_TASK_ROOT: z.string().min(1),
  DATABASE_HOST: z.hostname(),
  DATABASE_NAME: z.string().min(1),
})
const ofApiFunction = inStage.extend({
  DATABASE_USER: z.string().min(1),
  USER_CONTEXT_SECRET_ID: z.string().min(1),
  // Absent in environments from before there was one.
  OUTBOX_QUEUE_URL: z.url().optional(),
  MEDIA_BUCKET: z.string().min(1).optional(),
  SENTIMENT: moods,
  AUTH0_CLIENT_SECRET: z.undefined('must not be set in a stage: a rollback would bring its value back').optional(),
})
const carrierOfFunction = z.object({
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_SECRET_ID: z.string().min(1),
  PUBLIC_WEBHOOK_BASE_URL: baseUrl,
})
const ofWorkerFunction = inStage
  .extend({
    DATABASE_USER: z.string().min(1),
    TWILIO_API_BASE_URL: baseUrl,
    MEDIA_BUCKET: z.string().min(1),
    SENTIMENT: moods,
    AWS_ENDPOINT_URL: z.url().optional(),
    AWS_ENDPOINT_URL_COMPREHEND: z.url().optional(),
    TWILIO_AUTH_TOKEN: z.undefined('must not be set in a stage: a rollback would bring its value back').optional(),
  })
  .extend(carrierOfFunction.shape)
/** @source AWS SDKs and Tools Reference Guide, "Service-specific endpoints" (the service's own comes before the one for all) */
const endpoints = z.object({
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
})
const ofMigrationsFunction = inStage.extend({
  LAMBDA_RUNTIME_DIR: z.string().min(1),
  DATABASE_ADMIN_SECRET_ID: z.string().min(1),
})

export interface CarrierSettings {
  readonly accountSid: string
  readonly authToken: string
  readonly previousAuthToken?: string
  /** How the carrier reaches the API. */
  readonly publicBaseUrl: string
}

export interface WorkerSettings {
  readonly release: string
  readonly logLevel: ApiSettings['logLevel']
  /** Where its health is asked. */
  readonly port: number
  readonly databaseUrl: string
  /** Folder that pictures of patients are kept in. */
  readonly mediaDir: string
  /** By which classifier messages are read. */
  readonly moods: 'off' | 'local'
  readonly carrier: CarrierSettings & {
    /** Where the carrier's API answers. */
    readonly apiBaseUrl: string
  }
}

export interface ApiSettings {
  readonly release: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly port: number
  /** Connection string of `app_user`. */
  readonly databaseUrl: string
  readonly secrets: { readonly current: string; readonly previous?: string }
  /** Folder that pictures of patients are kept in. Undefined where none are. */
  readonly mediaDir?: string
  /** Whether what patients write is to be read by a classifier. */
  readonly readMoods: boolean
  /** Undefined where there is no carrier. */
  readonly carrier?: CarrierSettings
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
    ...(data.MEDIA_DIR === undefined ? {} : { mediaDir: data.MEDIA_DIR }),
    readMoods: data.SENTIMENT !== 'off',
    ...(variables.TWILIO_ACCOUNT_SID === undefined ? {} : { carrier: carrierOf(parse(carrier, variables)) }),
  }
}

/** @throws Error as `readApiEnv` does. */
export function readWorkerEnv(variables: Variables): WorkerSettings {
  const data = parse(worker, variables)
  return {
    release: data.RELEASE,
    logLevel: data.LOG_LEVEL,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    mediaDir: data.MEDIA_DIR,
    moods: data.SENTIMENT,
    carrier: { ...carrierOf(data), apiBaseUrl: data.TWILIO_API_BASE_URL },
  }
}

function carrierOf(data: z.output<typeof carrier>): CarrierSettings {
  return {
    accountSid: data.TWILIO_ACCOUNT_SID,
    authToken: data.TWILIO_AUTH_TOKEN,
    ...(data.TWILIO_AUTH_TOKEN_PREVIOUS ? { previousAuthToken: data.TWILIO_AUTH_TOKEN_PREVIOUS } : {}),
    publicBaseUrl: data.PUBLIC_WEBHOOK_BASE_URL,
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

/** What functions in a stage know. Which release it is stands in their package, for their environment may be older. */
interface FunctionSettings extends AwsOfFunction {
  /** Where queues and storage answer. Undefined: at AWS. */
  readonly queuesEndpoint: string | undefined
  readonly storageEndpoint: string | undefined
  readonly release: string
  readonly logLevel: ApiSettings['logLevel']
  readonly databaseHost: string
  readonly databaseName: string
}

export interface ApiFunctionSettings extends FunctionSettings {
  readonly databaseUser: string
  /** Name of the stored secrets that sign the user context. */
  readonly userContextSecretId: string
  /** Where workers are told of messages. Undefined: they are not. */
  readonly outboxQueueUrl?: string | undefined
  /** Bucket that pictures of patients are kept in. Undefined: none are. */
  readonly mediaBucket?: string | undefined
  /** Whether what patients write is to be read by a classifier. */
  readonly readMoods: boolean
  /** Undefined where there is no carrier. */
  readonly carrier?: StoredCarrierSettings
}

/** A carrier whose tokens are stored elsewhere. */
interface StoredCarrierSettings extends Omit<CarrierSettings, 'authToken' | 'previousAuthToken'> {
  /** Name of the stored tokens that the carrier signs with. */
  readonly secretId: string
}

export interface WorkerFunctionSettings extends FunctionSettings {
  readonly databaseUser: string
  /** Bucket that pictures of patients are kept in. */
  readonly mediaBucket: string
  /** By which classifier messages are read, and where Comprehend answers: undefined, at AWS's own address. */
  readonly moods: 'off' | 'local' | 'comprehend'
  readonly moodsEndpoint?: string | undefined
  readonly carrier: StoredCarrierSettings & {
    /** Where the carrier's API answers. */
    readonly apiBaseUrl: string
  }
}

export interface MigrationsFunctionSettings extends FunctionSettings {
  /** Name of the stored name and password of the database's administrator. */
  readonly adminSecretId: string
  /** Folder of the `NNNN_name.sql` files. */
  readonly folder: string
  /** Certificates, in PEM, of which one has to vouch for the database's. */
  readonly authorities: readonly string[]
}

/** The files that a function's settings lie in beside its environment. */
export interface SettingFiles {
  /** @throws Error when there is none */
  text(file: string): string
  has(file: string): boolean
}

/** @throws Error as `readApiEnv` does, or when the package does not say its release. */
export function readApiFunctionEnv(variables: Variables, files: SettingFiles): ApiFunctionSettings {
  const data = parse(ofApiFunction, variables)
  return {
    ...functionSettingsOf(data, variables, files),
    databaseUser: data.DATABASE_USER,
    userContextSecretId: data.USER_CONTEXT_SECRET_ID,
    outboxQueueUrl: data.OUTBOX_QUEUE_URL,
    mediaBucket: data.MEDIA_BUCKET,
    readMoods: data.SENTIMENT !== 'off',
    ...(variables.TWILIO_SECRET_ID === undefined
      ? {}
      : { carrier: storedCarrierOf(parse(carrierOfFunction, variables)) }),
  }
}

/** @throws Error as `readApiFunctionEnv` does. */
export function readWorkerFunctionEnv(variables: Variables, files: SettingFiles): WorkerFunctionSettings {
  const data = parse(ofWorkerFunction, variables)
  return {
    ...functionSettingsOf(data, variables, files),
    databaseUser: data.DATABASE_USER,
    mediaBucket: data.MEDIA_BUCKET,
    moods: data.SENTIMENT,
    moodsEndpoint: data.AWS_ENDPOINT_URL_COMPREHEND ?? data.AWS_ENDPOINT_URL,
    carrier: { ...storedCarrierOf(data), apiBaseUrl: data.TWILIO_API_BASE_URL },
  }
}

function storedCarrierOf(data: z.output<typeof carrierOfFunction>): StoredCarrierSettings {
  return {
    accountSid: data.TWILIO_ACCOUNT_SID,
    secretId: data.TWILIO_SECRET_ID,
    publicBaseUrl: data.PUBLIC_WEBHOOK_BASE_URL,
  }
}

/**
 * Lambda brings the certificates of RDS along, but trusts them only where it is told to.
 * @source AWS Compute Blog, "Node.js 20.x runtime now available in AWS Lambda" (/var/runtime/ca-cert.pem)
 * @throws Error as `readApiFunctionEnv` does.
 */
export function readMigrationsFunctionEnv(variables: Variables, files: SettingFiles): MigrationsFunctionSettings {
  const data = parse(ofMigrationsFunction, variables)
  const brought = join(data.LAMBDA_RUNTIME_DIR, 'ca-cert.pem')
  return {
    ...functionSettingsOf(data, variables, files),
    adminSecretId: data.DATABASE_ADMIN_SECRET_ID,
    folder: join(data.LAMBDA_TASK_ROOT, 'migrations'),
    authorities: [...getCACertificates('default'), ...(files.has(brought) ? [files.text(brought)] : [])],
  }
}

function functionSettingsOf(
  data: z.output<typeof inStage>,
  variables: Variables,
  files: SettingFiles,
): FunctionSettings {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_S3 } = parse(endpoints, variables)
  return {
    ...parse(awsOfFunction, variables),
    queuesEndpoint: AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL,
    storageEndpoint: AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL,
    release: readReleaseFile(files.text(join(data.LAMBDA_TASK_ROOT, RELEASE_FILE))),
    logLevel: data.LOG_LEVEL,
    databaseHost: data.DATABASE_HOST,
    databaseName: data.DATABASE_NAME,
  }
}

const settingFiles: SettingFiles = { text: (file) => readFileSync(file, 'utf8'), has: existsSync }

export const apiEnv = () => readApiEnv(process.env)
export const workerEnv = () => readWorkerEnv(process.env)
export const migrationEnv = () => readMigrationEnv(process.env)
export const sampleDataEnv = () => readSampleDataEnv(process.env)
export const apiFunctionEnv = () => readApiFunctionEnv(process.env, settingFiles)
export const workerFunctionEnv = () => readWorkerFunctionEnv(process.env, settingFiles)
export const migrationsFunctionEnv = () => readMigrationsFunctionEnv(process.env, settingFiles)

function parse<T extends z.ZodType>(schema: T, variables: Variables): z.output<T> {
  const parsed = schema.safeParse(variables)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`environment refused: ${wrong.join('; ')}`)
}
