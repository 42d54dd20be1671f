import type { Logger } from '@sax/logging'
import { secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import { createVerifier } from '@sax/user-context/verify'
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda'
import { createApp } from './app.ts'
import type { ApiFunctionSettings } from './env.ts'
import type { AppDeps } from './http/api-env.ts'
import { withoutStage } from './http/without-stage.ts'

export interface ApiFunctionPorts extends Pick<AppDeps, 'database' | 'newId' | 'nowMs'> {
  readonly logger: Logger
  /** Reaches AWS. */
  readonly fetch: typeof globalThis.fetch
  /** Present time in milliseconds since the epoch. */
  readonly epochMs: () => number
}

/** Payload format 2.0 of an HTTP API. */
type ApiEvent = Extract<LambdaEvent, { readonly rawPath: string }>

/**
 * The application as one sandbox of the function has it, behind the HTTP API. Secrets are read by the first request that
 * needs them.
 */
export function createApiFunction(
  settings: Pick<ApiFunctionSettings, 'release' | 'region' | 'secretsEndpoint' | 'credentials' | 'userContextSecretId'>,
  { fetch, epochMs, ...ports }: ApiFunctionPorts,
) {
  const { release, region, secretsEndpoint, credentials, userContextSecretId } = settings
  const secrets = storedSecret({
    id: userContextSecretId,
    schema: signingSecrets,
    read: secretsManager({ region, endpoint: secretsEndpoint, credentials: () => credentials, fetch, nowMs: epochMs }),
    nowMs: epochMs,
    logger: ports.logger,
  })
  const verify = createVerifier({ secrets, nowSec: () => epochMs() / 1000 })
  const answer = handle(createApp({ ...ports, epochMs, verify, release }))
  return (event: ApiEvent, context: LambdaContext) => answer(withoutStage(event), context)
}
