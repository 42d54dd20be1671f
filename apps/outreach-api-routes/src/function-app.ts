import { setTimeout as after } from 'node:timers/promises'
import { createLogger } from '@sax/logging'
import { type AwsAccess, secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import { outreachApiPath, USER_CONTEXT } from '@sax/topology'
import { NOBODYS_TOKEN } from '@sax/user-context'
import { createVerifier } from '@sax/user-context/verify'
import { type AppDeps, createApp } from './app.ts'
import type { FunctionEnv } from './env.ts'

export interface FunctionPorts extends Pick<AppDeps, 'backend' | 'newRequestId' | 'nowMs'> {
  /** Reaches AWS. */
  readonly fetch: AwsAccess['fetch']
  /** Present time in milliseconds since the epoch. */
  readonly epochMs: () => number
  /** Default: standard output. */
  readonly destination?: { write(line: string): void }
}

const START_MS = 3_000

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

/**
 * Does what a first request would have to wait for: loads code that is loaded when it is first used, reads the secrets,
 * connects to the backend, which starts meanwhile if it has to. The application is asked for something under a token of
 * nobody's, and for its health. Never fails: what is missing is left to requests, and so is what takes longer than three
 * seconds.
 */
export async function start(app: ReturnType<typeof createFunctionApp>): Promise<void> {
  const asked = [
    app.request(outreachApiPath('templates'), { headers: { [USER_CONTEXT]: NOBODYS_TOKEN } }),
    app.request(outreachApiPath('health')),
  ]
  await Promise.race([Promise.allSettled(asked), after(START_MS, undefined, { ref: false })])
}
