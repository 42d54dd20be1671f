import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createLogger } from '@sax/logging'
import { createVerifier } from '@sax/user-context/verify'
import { createApp } from './app.ts'
import { apiEnv } from './env.ts'
import { folderStorage } from './receiving/media/folder-storage.ts'
import { openDatabase } from './store/database.ts'
import { createReceivingStore } from './store/receiving.ts'

/** How long requests under way may take to finish once we are told to stop. */
const GRACE_MS = 2_500

const { release, logLevel, port, databaseUrl, secrets, mediaDir, readMoods, carrier } = apiEnv()
const logger = createLogger({ service: 'outreach-api', level: logLevel })
const database = openDatabase({ address: { kind: 'url', url: databaseUrl }, logger })
const app = createApp({
  database,
  verify: createVerifier({ secrets, nowSec: () => Date.now() / 1000 }),
  logger,
  newId: randomUUID,
  nowMs: () => performance.now(),
  epochMs: Date.now,
  release,
  ...(mediaDir === undefined ? {} : { media: folderStorage(mediaDir, randomUUID) }),
  ...(carrier === undefined
    ? {}
    : {
        webhooks: {
          store: createReceivingStore(database, { newId: randomUUID, nowMs: Date.now, readMoods }),
          accountSid: carrier.accountSid,
          tokens: async () => [carrier.authToken, ...(carrier.previousAuthToken ? [carrier.previousAuthToken] : [])],
          publicBaseUrl: carrier.publicBaseUrl,
        },
      }),
})

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
  logger.info('listening', { port: address.port, release }),
)

function stop(): void {
  setTimeout(() => process.exit(0), GRACE_MS).unref()
  server.close(() => {
    database.close().then(
      () => process.exit(0),
      () => process.exit(0), // a database that is gone needs no goodbye
    )
  })
  if ('closeIdleConnections' in server) server.closeIdleConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
