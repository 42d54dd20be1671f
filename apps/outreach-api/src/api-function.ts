import { setTimeout as after } from 'node:timers/promises'
import type { Logger } from '@sax/logging'
import {
  type AwsAccess,
  carrierSecrets,
  type StoredSecret,
  secretsManager,
  signingSecrets,
  storedSecret,
} from '@sax/stored-secrets'
import { outreach } from '@sax/topology'
import { NOBODYS_TOKEN } from '@sax/user-context'
import { createVerifier } from '@sax/user-context/verify'
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda'
import { createApp } from './app.ts'
import type { ApiFunctionSettings } from './env.ts'
import type { AppDeps } from './http/api-env.ts'
import { withoutStage } from './http/without-stage.ts'
import { s3Storage } from './receiving/media/s3-storage.ts'
import { queueHints } from './sending/outbox-hints.ts'
import { createReceivingStore } from './store/receiving.ts'

export interface ApiFunctionPorts extends Pick<AppDeps, 'database' | 'newId' | 'nowMs'> {
  readonly logger: Logger
  /** Reaches AWS. */
  readonly fetch: AwsAccess['fetch']
  /** Present time in milliseconds since the epoch. */
  readonly epochMs: () => number
}

const START_MS = 3_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Payload format 2.0 of an HTTP API. */
type ApiEvent = Extract<LambdaEvent, { readonly rawPath: string }>

/**
 * The application as one sandbox of the function has it, behind the HTTP API. Secrets are read by the first request that
 * needs them.
 */
export function createApiFunction(
  settings: Pick<
    ApiFunctionSettings,
    | 'release'
    | 'region'
    | 'secretsEndpoint'
    | 'queuesEndpoint'
    | 'storageEndpoint'
    | 'mediaBucket'
    | 'readMoods'
    | 'credentials'
    | 'userContextSecretId'
    | 'outboxQueueUrl'
    | 'carrier'
  >,
  { fetch, epochMs, ...ports }: ApiFunctionPorts,
) {
  const { release, region, userContextSecretId, outboxQueueUrl, mediaBucket, carrier } = settings
  const aws = { region, credentials: () => settings.credentials, fetch, nowMs: epochMs }
  const read = secretsManager({ ...aws, endpoint: settings.secretsEndpoint })
  const stored = { read, nowMs: epochMs, logger: ports.logger }
  const secrets = storedSecret({ ...stored, id: userContextSecretId, schema: signingSecrets })
  const webhooks = carrier && {
    ...carrier,
    store: createReceivingStore(ports.database, {
      newId: ports.newId,
      nowMs: epochMs,
      readMoods: settings.readMoods,
    }),
    tokens: tokensOf(storedSecret({ ...stored, id: carrier.secretId, schema: carrierSecrets })),
  }
  const verify = createVerifier({ secrets, nowSec: () => epochMs() / 1000 })
  const hints =
    outboxQueueUrl === undefined
      ? undefined
      : queueHints({ ...aws, endpoint: settings.queuesEndpoint, queueUrl: outboxQueueUrl, logger: ports.logger })
  const { credentials, storageEndpoint: endpoint } = settings
  const media =
    mediaBucket === undefined ? undefined : s3Storage({ bucket: mediaBucket, region, credentials, endpoint })
  const app = createApp({ ...ports, epochMs, verify, release, media, webhooks, hints })
  const answer = handle(app)
  return {
    handler: (event: ApiEvent, context: LambdaContext) => answer(withoutStage(event), context),
    /**
     * Does what a first request would have to wait for: loads code that is loaded when it is first used, reads the
     * secrets, connects to the database. It asks itself for something under a token of nobody's. Never fails: what is
     * missing is left to requests, and so is what takes longer than three seconds.
     */
    start: async (): Promise<void> => {
      const headers = { 'x-tenant-id': NOBODY, authorization: `Bearer ${NOBODYS_TOKEN}` }
      const asked = app.request(`${outreach.basePath}/templates`, { headers })
      await Promise.race([
        Promise.allSettled([asked, ports.database.look()]),
        after(START_MS, undefined, { ref: false }),
      ])
    },
  }
}

/** The token in use, and the one before while there is one. */
function tokensOf(secret: StoredSecret<{ readonly authToken: string; readonly previousAuthToken?: string }>) {
  return async (): Promise<readonly string[]> => {
    const { authToken, previousAuthToken } = await secret.get()
    return previousAuthToken === undefined ? [authToken] : [authToken, previousAuthToken]
  }
}
