import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { carrierSecrets, secretsManager, storedSecret } from '@sax/stored-secrets'
import { workerFunctionEnv } from './env.ts'
import { comprehendReader } from './reading/comprehend-reader.ts'
import { createMoodWorker } from './reading/mood-worker.ts'
import { wordListReader } from './reading/word-list-reader.ts'
import { statusCallbackOf } from './receiving/carrier-webhooks.ts'
import { mediaFetcher } from './receiving/media/fetch-media.ts'
import { createMediaWorker } from './receiving/media/media-worker.ts'
import { s3Storage } from './receiving/media/s3-storage.ts'
import { createUnsentWorker } from './receiving/media/unsent-worker.ts'
import { createSetAsideWorker } from './receiving/set-aside-worker.ts'
import { createStartWorker } from './receiving/starts-in-doubt.ts'
import { createOutboxWorker } from './sending/outbox-worker.ts'
import { pictureLinks } from './sending/picture-links.ts'
import { createTwilioClient } from './sending/twilio-client.ts'
import { createWorkerFunction } from './sending/worker-function.ts'
import { openDatabase } from './store/database.ts'
import { iamToken } from './store/iam-token.ts'
import { forgetOldAnswers } from './store/idempotency.ts'
import { createMediaStore } from './store/media.ts'
import { createMoodStore } from './store/moods.ts'
import { createOutboxStore } from './store/outbox.ts'
import { createStartStore } from './store/starts-in-doubt.ts'
import { createSetAsideStore } from './store/texts-set-aside.ts'
import { createUnsentStore } from './store/unsent-media.ts'

const POSTGRES = 5432
/** One for the message that is being sent, which is held while the carrier answers, and one to look something up. */
const CONNECTIONS = 2

const COMPREHEND_TIMEOUT_MS = 3_000

const settings = workerFunctionEnv()
const { release, logLevel, databaseHost: host, databaseName, databaseUser: user, region, carrier } = settings
const credentials = () => settings.credentials
const aws = { region, credentials, fetch: globalThis.fetch, nowMs: Date.now }
const logger = createLogger({ service: 'outreach-worker', release, level: logLevel })
const password = iamToken({ host, port: POSTGRES, user, region, credentials, nowMs: Date.now })
const database = openDatabase({
  address: { kind: 'proxy', host, port: POSTGRES, database: databaseName, user, password },
  logger,
  poolSize: CONNECTIONS,
})
const token = storedSecret({
  id: carrier.secretId,
  schema: carrierSecrets,
  read: secretsManager({ ...aws, endpoint: settings.secretsEndpoint }),
  nowMs: Date.now,
  logger,
})
const signIn = async () => ({ user: carrier.accountSid, password: (await token.get()).authToken })
const storage = s3Storage({
  bucket: settings.mediaBucket,
  region,
  credentials: settings.credentials,
  endpoint: settings.storageEndpoint,
})
const twilio = createTwilioClient({
  baseUrl: carrier.apiBaseUrl,
  accountSid: carrier.accountSid,
  credentials: signIn,
  statusCallback: statusCallbackOf(carrier.publicBaseUrl),
  linkToPicture: pictureLinks({
    publicBaseUrl: carrier.publicBaseUrl,
    tokens: async () => [(await token.get()).authToken],
    nowMs: Date.now,
  }).linkTo,
  fetch: globalThis.fetch,
})

/** Entry of the function that brings messages to the carrier. Its queues and its schedule call it, and releases. */
export const handler = createWorkerFunction({
  outbox: createOutboxWorker({
    store: createOutboxStore(database, Date.now),
    carrier: twilio,
    nowMs: Date.now,
    random: Math.random,
    newId: randomUUID,
    logger,
  }),
  starts: createStartWorker({ store: createStartStore(database, Date.now), carrier: twilio, nowMs: Date.now, logger }),
  setAside: createSetAsideWorker({
    store: createSetAsideStore(database, { newId: randomUUID, readMoods: settings.moods !== 'off' }),
    logger,
  }),
  pictures: createMediaWorker({
    store: createMediaStore(database),
    storage,
    fetchMedia: mediaFetcher({ baseUrl: carrier.apiBaseUrl, credentials: signIn, fetch: globalThis.fetch }),
    nowMs: Date.now,
    logger,
  }),
  unsent: createUnsentWorker({ store: createUnsentStore(database), storage, nowMs: Date.now, logger }),
  answers: { sweep: (limit) => forgetOldAnswers(database, { nowMs: Date.now(), limit }) },
  moods:
    settings.moods === 'off'
      ? undefined
      : createMoodWorker({
          store: createMoodStore(database),
          reader:
            settings.moods === 'local'
              ? wordListReader
              : comprehendReader({ ...aws, endpoint: settings.moodsEndpoint, timeoutMs: COMPREHEND_TIMEOUT_MS }),
          nowMs: Date.now,
          logger,
        }),
  status: async () => ({
    release,
    database: (await database.look()).kind === 'answers' ? 'answers' : 'does not answer',
    carrier: await token.get().then(
      () => 'credentials read' as const,
      () => 'no credentials' as const,
    ),
  }),
  logger,
})
