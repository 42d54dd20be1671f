import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Carrier, createCarrierApp, newSid, PhoneBook, realTime } from '@sax/local/carrier'
import { createLogger } from '@sax/logging'
import { practices } from '@sax/sample-data'

export const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`
export const AUTH_TOKEN = 'fedcba9876543210'.repeat(2)

export interface CarrierOfTests {
  readonly carrier: Carrier
  readonly url: string
  close(): Promise<void>
}

/** The laptop's carrier on a port of its own, whose messages go nowhere further. */
export async function startCarrier(more: Partial<Carrier['options']> = {}): Promise<CarrierOfTests> {
  const carrier = new Carrier({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    senders: practices.map(({ phone, name }) => ({ phone, name })),
    services: [],
    inboundUrl: 'http://127.0.0.1:9/inbound',
    baseUrl: 'http://127.0.0.1:9',
    time: realTime,
    fetch: async () => new Response('', { status: 200 }),
    newSid,
    newToken: randomUUID,
    random: Math.random,
    segmentsPerSec: 1_000,
    ...more,
  })
  carrier.behave({ callbacksLost: true, stepMs: 0 })
  const closing = new AbortController()
  const app = createCarrierApp({
    carrier,
    book: new PhoneBook([]),
    logger: createLogger({ service: 'carrier', level: 'error' }),
    newRequestSid: () => newSid('RQ'),
    closing: closing.signal,
  })
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(started))
  })
  return {
    carrier,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      carrier.close()
      closing.abort()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
