import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { createLogger } from '@sax/logging'
import twilio from 'twilio'
import type RequestClient from 'twilio/lib/base/RequestClient.js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { accountSid, authToken, carrierFixture, harbor, maeve, serviceSid } from '../../../test/carrier-fixture.ts'
import { createCarrierApp } from '../app.ts'
import type { Carrier } from '../carrier.ts'
import { newSid } from '../new-sid.ts'
import { PhoneBook } from '../page/phone-book.ts'
import { realTime } from '../time.ts'

let carrier: Carrier
let server: ServerType
let baseUrl = ''
const closing = new AbortController()
const messagesUrl = () => `${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages`

beforeEach(async () => {
  carrier = carrierFixture({ time: realTime, fetch, newSid }).carrier
  carrier.behave({ stepMs: 1 })
  const logger = createLogger({ service: 'carrier-simulator', level: 'error' })
  const book = new PhoneBook([])
  const app = createCarrierApp({ carrier, book, logger, newRequestSid: () => newSid('RQ'), closing: closing.signal })
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address) => resolve(address.port))
  })
  baseUrl = `http://127.0.0.1:${port}`
})
afterEach(() => {
  carrier.close()
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
})

/** Twilio's own client, HTTP included; only the name of the server is another. */
function sdk(password = authToken) {
  class HereInstead extends twilio.RequestClient {
    override request<TData>(options: RequestClient.RequestOptions<TData>) {
      return super.request<TData>({ ...options, uri: options.uri.replace('https://api.twilio.com', baseUrl) })
    }
  }
  return twilio(accountSid, password, { httpClient: new HereInstead() })
}

/** A busy machine takes its time. */
const within = { timeout: 8000 }

const wanted = { to: maeve, from: harbor, body: "Hello O'Brien, José, 李 <b>x</b>" }

test('Twilio’s SDK sends, fetches and lists a message', async () => {
  const created = await sdk().messages.create(wanted)
  expect(created).toMatchObject({ ...wanted, status: 'queued', direction: 'outbound-api', numSegments: '1' })
  expect(created.dateCreated).toBeInstanceOf(Date)
  await vi.waitFor(async () => {
    const fetched = await sdk().messages(created.sid).fetch()
    expect(fetched).toMatchObject({ status: 'delivered', errorCode: null })
    expect(fetched.dateSent).toBeInstanceOf(Date)
  }, within)
  const listed = await sdk().messages.list({ to: maeve, dateSentAfter: new Date(Date.now() - 60_000) })
  expect(listed.map(({ sid }) => sid)).toEqual([created.sid])
  expect(await sdk().messages.list({ to: '+16175550102' })).toEqual([])
  expect(await sdk().messages.list({ dateSentBefore: new Date('2020-01-01') })).toEqual([])
})

test('Twilio’s SDK goes from page to page without losing or repeating any', async () => {
  const sids: string[] = []
  for (let count = 0; count < 7; count += 1) sids.push((await sdk().messages.create(wanted)).sid)
  const listed = await sdk().messages.list({ pageSize: 3 })
  expect(listed.map(({ sid }) => sid)).toEqual(sids.toReversed())
  const second = await (await sdk().messages.page({ pageSize: 3 })).nextPage()
  expect(second?.instances.map(({ sid }) => sid)).toEqual(sids.toReversed().slice(3, 6))
  const back = await second?.previousPage()
  expect(back?.instances.map(({ sid }) => sid)).toEqual(sids.toReversed().slice(0, 3))
})

test('Twilio’s SDK schedules a message and calls it off', async () => {
  const sendAt = new Date(Date.now() + 3_600_000)
  const { from: _from, ...rest } = wanted
  const scheduled = await sdk().messages.create({
    ...rest,
    messagingServiceSid: serviceSid,
    scheduleType: 'fixed',
    sendAt,
  })
  expect(scheduled).toMatchObject({ status: 'scheduled', from: null, messagingServiceSid: serviceSid })
  expect(await sdk().messages(scheduled.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' })
  await expect(sdk().messages(scheduled.sid).update({ status: 'canceled' })).rejects.toMatchObject({ code: 30409 })
})

test('Twilio’s SDK reads the pictures of a message', async () => {
  const received = carrier.receive({
    from: maeve,
    to: harbor,
    body: '',
    pictures: [{ contentType: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) }],
  })
  const sid = received.kind === 'received' ? received.message.sid : ''
  expect(await sdk().messages(sid).fetch()).toMatchObject({ direction: 'inbound', status: 'received', numMedia: '1' })
  const [media] = await sdk().messages(sid).media.list()
  expect(media).toMatchObject({ contentType: 'image/png', parentSid: sid })
  expect(
    await sdk()
      .messages(sid)
      .media(media?.sid ?? '')
      .fetch(),
  ).toMatchObject({ sid: media?.sid })
})

test.each<[why: string, code: number, status: number, ask: () => Promise<unknown>]>([
  ['another token', 20003, 401, () => sdk('wrong').messages.create(wanted)],
  [
    'a message that is not there',
    20404,
    404,
    () =>
      sdk()
        .messages(`SM${'0'.repeat(32)}`)
        .fetch(),
  ],
  [
    'a message that cannot be called off',
    20404,
    404,
    () =>
      sdk()
        .messages(`SM${'0'.repeat(32)}`)
        .update({ status: 'canceled' }),
  ],
  ['another resource', 20404, 404, () => sdk().calls.list({ limit: 1 })],
  [
    'a text redacted',
    20004,
    405,
    async () =>
      sdk()
        .messages((await sdk().messages.create(wanted)).sid)
        .update({ body: '' }),
  ],
  ['a bad number', 21211, 400, () => sdk().messages.create({ ...wanted, to: '123' })],
  ['no number of ours', 21603, 400, () => sdk().messages.create({ to: maeve, body: 'x' })],
  ['no text', 21619, 400, () => sdk().messages.create({ to: maeve, from: harbor })],
  ['too long a text', 21617, 400, () => sdk().messages.create({ ...wanted, body: 'x'.repeat(1601) })],
])('Twilio’s SDK understands the refusal of %s', async (_why, code, status, ask) => {
  await expect(ask()).rejects.toMatchObject({ code, status, moreInfo: expect.stringContaining(String(code)) })
})

test('too many requests say when to come back, and nothing of them was processed', async () => {
  carrier.behave({ refuseNext: 1, failNext: 1 })
  const form = new URLSearchParams({ To: maeve, From: harbor, Body: 'x' })
  const refused = await post(form)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(await refused.json()).toMatchObject({ code: 20429 })
  expect((await post(form)).status).toBe(500)
  expect(carrier.messages()).toEqual([])
  expect((await post(form)).status).toBe(201)
})

test.each<[how: string, change: { silentNext: number } | { resetNext: number } | undefined, to: string]>([
  ['an answer that never comes', { silentNext: 1 }, maeve],
  ['a connection that breaks', { resetNext: 1 }, maeve],
  ['the number that stands for silence', undefined, '+13035550150'],
])('%s leaves a message that was taken all the same', async (_how, change, to) => {
  carrier.behave(change ?? {})
  const form = new URLSearchParams({ To: to, From: harbor, Body: 'x' })
  await expect(post(form, AbortSignal.timeout(1500))).rejects.toThrow()
  expect(carrier.messages({ to })).toHaveLength(1)
  await vi.waitFor(() => expect(carrier.phones.of(to)).toMatchObject([{ kind: 'practice' }]), within)
  expect((await post(new URLSearchParams({ To: maeve, From: harbor, Body: 'next' }))).status).toBe(201)
})

test('answers have the documented fields, all of them and no other, in their documented types', async () => {
  carrier.receive({ from: maeve, to: harbor, body: 'Hi', pictures: [] })
  await post(new URLSearchParams({ To: maeve, MessagingServiceSid: serviceSid, Body: 'x' }))
  await post(new URLSearchParams({ To: '+13035550107', From: harbor, Body: 'x' }))
  await vi.waitFor(async () => {
    const list = documentedList.parse(await (await get(`${messagesUrl()}.json`)).json())
    expect(list.messages.map(({ status }) => status)).toEqual(['undelivered', 'delivered', 'received'])
    expect(list.messages[0]).toMatchObject({ error_code: 30007, error_message: 'Message filtered' })
  }, within)
})

test('a picture is reached by way of a redirect, and only with the account’s password', async () => {
  carrier.receive({
    from: maeve,
    to: harbor,
    body: '',
    pictures: [{ contentType: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) }],
  })
  const [message] = carrier.messages()
  const url = `${messagesUrl()}/${message?.sid}/Media/${message?.media[0]?.sid}`
  expect((await fetch(url)).status).toBe(401)
  expect((await get(url, 'manual')).status).toBe(307)
  const file = await get(url)
  expect([file.headers.get('content-type'), file.headers.get('x-content-type-options')]).toEqual([
    'image/png',
    'nosniff',
  ])
  expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([137, 80, 78, 71])
})

test('callbacks reach a server, signed as Twilio’s own check wants it', async () => {
  const judged: boolean[] = []
  const customer = createServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk) => {
      body += String(chunk)
    })
    incoming.on('end', () => {
      const signature = String(incoming.headers['x-twilio-signature'])
      judged.push(twilio.validateRequest(authToken, signature, callback, Object.fromEntries(new URLSearchParams(body))))
      outgoing.end()
    })
  })
  await new Promise<void>((resolve) => customer.listen(0, '127.0.0.1', resolve))
  const callback = `http://127.0.0.1:${(customer.address() as AddressInfo).port}/status?m=1`
  try {
    await sdk().messages.create({ ...wanted, statusCallback: callback })
    await vi.waitFor(() => expect(judged).toEqual([true, true]), within)
  } finally {
    customer.close()
  }
})

const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

function post(body: URLSearchParams, signal: AbortSignal | null = null): Promise<Response> {
  return fetch(`${messagesUrl()}.json`, { method: 'POST', headers: { authorization }, body, signal })
}

function get(url: string, redirect: RequestRedirect = 'follow'): Promise<Response> {
  return fetch(url, { headers: { authorization }, redirect })
}

const rfc2822 = z.string().regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/)
const digits = z.string().regex(/^\d+$/)

/** @source twilio/twilio-oai, spec/json/twilio_api_v2010.json: api.v2010.account.message and ListMessageResponse */
const documentedMessage = z.strictObject({
  account_sid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  api_version: z.string(),
  body: z.string().nullable(),
  date_created: rfc2822.nullable(),
  date_sent: rfc2822.nullable(),
  date_updated: rfc2822.nullable(),
  direction: z.enum(['inbound', 'outbound-api', 'outbound-call', 'outbound-reply']),
  error_code: z.int().nullable(),
  error_message: z.string().nullable(),
  from: z.string().nullable(),
  messaging_service_sid: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/)
    .nullable(),
  num_media: digits,
  num_segments: digits,
  price: z.string().nullable(),
  price_unit: z.string().nullable(),
  sid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/),
  status: z.enum([
    ...(['queued', 'sending', 'sent', 'failed', 'delivered', 'undelivered', 'receiving', 'received'] as const),
    ...(['accepted', 'scheduled', 'read', 'partially_delivered', 'canceled'] as const),
  ]),
  subresource_uris: z.record(z.string(), z.string()),
  to: z.string().nullable(),
  uri: z.string().startsWith('/2010-04-01/'),
})

const documentedList = z.strictObject({
  end: z.int(),
  first_page_uri: z.string(),
  messages: z.array(documentedMessage),
  next_page_uri: z.string().nullable(),
  page: z.int(),
  page_size: z.int(),
  previous_page_uri: z.string().nullable(),
  start: z.int(),
  uri: z.string(),
})
