import { createLogger } from '@sax/logging'
import { secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import { createVerifier } from '@sax/user-context/verify'
import { type AppDeps, createApp } from './app.ts'
import type { FunctionEnv } from './env.ts'

export interface FunctionPorts extends Pick<AppDeps, 'backend' | 'newRequestId' | 'nowMs'> {
  /** Reaches AWS. */
  readonly fetch: typeof globalThis.fetch
  /** Present time in milliseconds since the epoch. */
  readonly epochMs: () => number
  /** Default: standard output. */
  readonly destination?: { write(line: string): void }
}

/** The application as one sandbox of the function has it. Secrets are read by the first request that needs them. */
export function createFunctionApp(env: FunctionEnv, { fetch, epochMs, destination, ...ports }: FunctionPorts) {
  const { release, logLevel, apiBaseUrl, region, secretsEndpoint, credentials, userContextSecretId } = env
  const logger = createLogger({
    service: 'outreach-api-routes',
    release,
    level: logLevel,
    ...(destination === undefined ? {} : { destination }),
  })
  const secrets = storedSecret({
    id: userContextSecretId,
    schema: signingSecrets,
    read: secretsManager({ region, endpoint: secretsEndpoint, credentials: () => credentials, fetch, nowMs: epochMs }),
    nowMs: epochMs,
    logger,
  })
  const verify = createVerifier({ secrets, nowSec: () => epochMs() / 1000 })
  return createApp({ ...ports, apiBaseUrl, verify, logger, release })
}
