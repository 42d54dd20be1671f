import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { createLogger, errorFields } from '@sax/logging'
import { Hono } from 'hono'
import { workerEnv } from './env.ts'
import { createMoodWorker } from './reading/mood-worker.ts'
import { wordListReader } from './reading/word-list-reader.ts'
import { statusCallbackOf } from './receiving/carrier-webhooks.ts'
import { mediaFetcher } from './receiving/media/fetch-media.ts'
import { folderStorage } from './receiving/media/folder-storage.ts'
import { createMediaWorker } from './receiving/media/media-worker.ts'
import { createUnsentWorker } from './receiving/media/unsent-worker.ts'
import { createSetAsideWorker } from './receiving/set-aside-worker.ts'
import { createStartWorker } from './receiving/starts-in-doubt.ts'
import { createOutboxWorker } from './sending/outbox-worker.ts'
import { pictureLinks } from './sending/picture-links.ts'
import { createTwilioClient } from './sending/twilio-client.ts'
import { workerLoop } from './sending/worker-loop.ts'
import { openDatabase } from './store/database.ts'
import { forgetOldAnswers } from './store/idempotency.ts'
import { createMediaStore } from './store/media.ts'
import { createMoodStore } from './store/moods.ts'
import { createOutboxStore } from './store/outbox.ts'
import { createStartStore } from './store/starts-in-doubt.ts'
import { createSetAsideStore } from './store/texts-set-aside.ts'
import { createUnsentStore } from './store/unsent-media.ts'

const ROUND_SIZE = 20
const IDLE_MS = 250
/** What nobody sent can wait, and what nobody has a number for. */
const UNSENT_IDLE_MS = 60_000
const FAILED_MS = 2_000
/** How long a round under way may take once we are told to stop: the carrier's answer, and writing it down. */
const GRACE_MS = 8_000

const { release, logLevel, port, databaseUrl, mediaDir, moods, carrier } = workerEnv()
const logger = createLogger({ service: 'outreach-worker', level: logLevel })
const database = openDatabase({ address: { kind: 'url', url: databaseUrl }, logger, poolSize: 4 })
const credentials = async () => ({ user: carrier.accountSid, password: carrier.authToken })
const twilio = createTwilioClient({
  baseUrl: carrier.apiBaseUrl,
  accountSid: carrier.accountSid,
  credentials,
  statusCallback: statusCallbackOf(carrier.publicBaseUrl),
  linkToPicture: pictureLinks({
    publicBaseUrl: carrier.publicBaseUrl,
    tokens: async () => [carrier.authToken],
    nowMs: Date.now,
  }).linkTo,
  fetch: globalThis.fetch,
})
const outbox = createOutboxWorker({
  store: createOutboxStore(database, Date.now),
  carrier: twilio,
  nowMs: Date.now,
  random: Math.random,
  newId: randomUUID,
  logger,
})
const starts = createStartWorker({
  store: createStartStore(database, Date.now),
  carrier: twilio,
  nowMs: Date.now,
  logger,
})
const storage = folderStorage(mediaDir, randomUUID)
const pictures = createMediaWorker({
  store: createMediaStore(database),
  storage,
  fetchMedia: mediaFetcher({ baseUrl: carrier.apiBaseUrl, credentials, fetch: globalThis.fetch }),
  nowMs: Date.now,
  logger,
})
const setAside = createSetAsideWorker({
  store: createSetAsideStore(database, { newId: randomUUID, readMoods: moods !== 'off' }),
  logger,
})
const unsent = createUnsentWorker({ store: createUnsentStore(database), storage, nowMs: Date.now, logger })
const moodWorker = createMoodWorker({
  store: createMoodStore(database),
  reader: wordListReader,
  nowMs: Date.now,
  logger,
})

const stopping = new AbortController()
const app = new Hono().get('/health', async (c) => {
  const { kind } = await database.look()
  return c.json({ data: { status: kind === 'answers' ? 'ok' : 'degraded', part: 'outreach-worker', release } })
})
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
  logger.info('listening', { port: address.port, release }),
)

function stop(): void {
  stopping.abort()
  setTimeout(() => process.exit(0), GRACE_MS).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

const loop = (round: () => Promise<number>, idleMs = IDLE_MS) =>
  workerLoop(
    {
      round,
      pause: (ms, signal) => after(ms, undefined, { signal }).catch(() => undefined),
      onError: (error) => logger.error('work cannot be read', errorFields(error)),
      idleMs,
      failedMs: FAILED_MS,
    },
    stopping.signal,
  )
await Promise.all([
  loop(() => outbox.sweep(ROUND_SIZE)),
  loop(() => starts.sweep(ROUND_SIZE)),
  loop(() => pictures.sweep(ROUND_SIZE)),
  loop(() => setAside.sweep(ROUND_SIZE), UNSENT_IDLE_MS),
  loop(() => unsent.sweep(ROUND_SIZE), UNSENT_IDLE_MS),
  loop(() => forgetOldAnswers(database, { nowMs: Date.now(), limit: ROUND_SIZE }), UNSENT_IDLE_MS),
  ...(moods === 'off' ? [] : [loop(() => moodWorker.sweep(ROUND_SIZE))]),
])
server.close()
if ('closeAllConnections' in server) server.closeAllConnections()
await database.close()
