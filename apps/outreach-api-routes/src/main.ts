import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createLogger } from '@sax/logging'
import { createVerifier } from '@sax/user-context/verify'
import { createApp } from './app.ts'
import { env } from './env.ts'
import { httpBackend } from './http-backend.ts'

const { release, logLevel, port, apiBaseUrl, secrets } = env()
const logger = createLogger({ service: 'outreach-api-routes', level: logLevel })
const app = createApp({
  backend: httpBackend(),
  apiBaseUrl,
  verify: createVerifier({ secrets, nowSec: () => Date.now() / 1000 }),
  logger,
  newRequestId: randomUUID,
  nowMs: () => performance.now(),
  release,
})

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
  logger.info('listening', { port: address.port, release }),
)

const stop = () => {
  server.close(() => process.exit(0))
  // Kept connections would hold the server open for their whole idle time.
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  setTimeout(() => process.exit(0), 2_500).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
