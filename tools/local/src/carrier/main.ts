import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createLogger } from '@sax/logging'
import { patients, practices } from '@sax/sample-data'
import { createCarrierApp } from './app.ts'
import { Carrier } from './carrier.ts'
import { readEnvironment } from './env.ts'
import { newSid } from './new-sid.ts'
import { PhoneBook } from './page/phone-book.ts'
import { realTime } from './time.ts'

const env = readEnvironment()
const logger = createLogger({ service: 'carrier-simulator', level: env.LOG_LEVEL })
const carrier = new Carrier({
  accountSid: env.TWILIO_ACCOUNT_SID,
  authToken: env.TWILIO_AUTH_TOKEN,
  senders: practices.map(({ phone, name }) => ({ phone, name })),
  services: [],
  inboundUrl: env.INBOUND_URL,
  baseUrl: `http://127.0.0.1:${env.PORT}`,
  time: realTime,
  fetch,
  newSid,
  newToken: randomUUID,
  random: Math.random,
  segmentsPerSec: env.SEGMENTS_PER_SEC,
})
const book = new PhoneBook(
  patients.flatMap(({ firstName, lastName, phone }) =>
    phone === null ? [] : [{ name: `${firstName} ${lastName}`, phone }],
  ),
)
const closing = new AbortController()
const app = createCarrierApp({
  carrier,
  book,
  logger,
  newRequestSid: () => newSid('RQ'),
  closing: closing.signal,
})
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: env.PORT }, ({ port }) =>
  logger.info('listening', { port, release: env.RELEASE }),
)
server.on('error', () => {
  logger.error('cannot listen', { port: env.PORT })
  process.exit(1)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    carrier.close()
    closing.abort()
    server.close(() => process.exit(0))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    setTimeout(() => process.exit(0), 1500).unref()
  })
}
