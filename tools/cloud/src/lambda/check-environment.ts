import { AwsError } from '../wire/aws-error.ts'

/** @source AWS Lambda Developer Guide, "Working with Lambda environment variables", defined runtime environment variables */
const RESERVED: ReadonlySet<string> = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
])

const LIMIT_BYTES = 4096
const UNABLE =
  'Lambda was unable to configure your environment variables because the environment variables you have provided'

/**
 * What Lambda refuses of environment variables: reserved names, names it cannot set, more than 4 KB together.
 * @throws AwsError InvalidParameterValueException; it never holds a value
 */
export function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name))
  if (reserved.length > 0) {
    throw new AwsError(
      'InvalidParameterValueException',
      `${UNABLE} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  }
  const [impossible] = Object.keys(variables).filter((name) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name))
  if (impossible !== undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
    )
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables))
  // AWS adds what it measured; values stay out of messages here.
  if (bytes > LIMIT_BYTES) {
    throw new AwsError('InvalidParameterValueException', `${UNABLE} exceeded the 4KB limit. Measured: ${bytes} bytes`)
  }
}
