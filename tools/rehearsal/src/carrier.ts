import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Carrier, createCarrierApp, newSid, PhoneBook, realTime } from '@sax/local/carrier'
import type { Logger } from '@sax/logging'
import { verificationTenants } from '@sax/release'
import { outreach } from '@sax/topology'

export interface StageCarrierOptions {
  /** Name of the carrier's API. */
  readonly name: string
  readonly accountSid: string
  readonly authToken: string
  /** Where the stage wants to be called. */
  readonly webhookBaseUrl: string
  /** Reaches the stage under its names. */
  readonly fetch: typeof globalThis.fetch
  readonly log: Logger
}

/** The carrier of a stage: a person may look at its phones on loopback, functions call it under its own name. */
export interface StageCarrier {
  readonly carrier: Carrier
  readonly server: Server
  /** `http://127.0.0.1:<port>`, the page with the phones. */
  readonly phonesUrl: string
  readonly close: () => void
}

/** The account's, and no practice texts from it yet. @source North American Numbering Plan, 555-0100 to 555-0199 */
export const FREE_NUMBER = '+17025550110'

/** A text of one segment leaves in so long; a real number sends one a second, and nobody wants to wait for that. */
const SEGMENTS_PER_SEC = 50

/** What stands for the carrier, with the numbers of the practices of verification. */
export async function openCarrier(options: StageCarrierOptions): Promise<StageCarrier> {
  const { name, accountSid, authToken, webhookBaseUrl, fetch, log } = options
  const carrier = new Carrier({
    ...{ accountSid, authToken, fetch, services: [], baseUrl: `https://${name}` },
    senders: [...verificationTenants.map(({ practice }) => practice), { phone: FREE_NUMBER, name: 'nobody yet' }],
    // Its `fetch` takes every name to this computer, and speaks TLS alone.
    reaches: (url) => URL.canParse(url) && new URL(url).protocol === 'https:',
    inboundUrl: `${webhookBaseUrl}${outreach.basePath}/webhooks/twilio/inbound`,
    ...{ time: realTime, newSid, newToken: randomUUID, random: Math.random, segmentsPerSec: SEGMENTS_PER_SEC },
  })
  const closing = new AbortController()
  const app = createCarrierApp({
    ...{ carrier, book: new PhoneBook([]), logger: log, knownAs: [name] },
    newRequestSid: () => newSid('RQ'),
    closing: closing.signal,
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    ...{ carrier, server, phonesUrl: `http://127.0.0.1:${port}` },
    close: () => {
      carrier.close()
      closing.abort()
      server.close()
      server.closeAllConnections()
    },
  }
}
