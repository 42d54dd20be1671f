import type { FunctionConfiguration } from '@aws-sdk/client-lambda'

/** Credentials of the function's role. */
export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export interface VariablesOf {
  readonly configuration: FunctionConfiguration
  readonly folder: string
  readonly runtimeApi: string
  readonly region: string
  readonly logStream: string
  readonly credentials: RoleCredentials
  /** The laptop's AWS. */
  readonly endpoint: string
  /** Certificates that are believed besides the usual ones; absent: none. */
  readonly caFile: string | undefined
}

/**
 * Everything in the environment of a sandbox: what the version was frozen with, what Lambda sets, and where AWS is on
 * this laptop. @source AWS Lambda Developer Guide, "Defined runtime environment variables"
 */
export function sandboxVariables(given: VariablesOf): Readonly<Record<string, string>> {
  const { configuration, folder, region, credentials } = given
  const { FunctionName = '', Version = '', Handler = '', MemorySize = 128, Runtime = '', LoggingConfig } = configuration
  return {
    ...configuration.Environment?.Variables,
    ...{ LANG: 'en_US.UTF-8', TZ: ':UTC', PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin' },
    ...{ LAMBDA_TASK_ROOT: folder, LAMBDA_RUNTIME_DIR: '/var/runtime', _HANDLER: Handler },
    ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}` },
    AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: Version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: given.logStream,
    ...(LoggingConfig?.LogFormat === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: LoggingConfig.ApplicationLogLevel ?? 'INFO' }
      : {}),
    AWS_LAMBDA_RUNTIME_API: given.runtimeApi,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_ENDPOINT_URL: given.endpoint,
    ...(given.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: given.caFile }),
  }
}
