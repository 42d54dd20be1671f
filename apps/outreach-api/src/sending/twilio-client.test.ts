import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ACCOUNT_SID, AUTH_TOKEN, type CarrierOfTests, startCarrier } from '../../test/sending/carrier-of-tests.ts'
import { newPhone } from '../../test/sending/letters.ts'
import type { Letter } from './carrier.ts'
import { createTwilioClient, type TwilioOptions } from './twilio-client.ts'

const HARBOR_PHONE = '+16175550100'
const SID = `SM${'1'.repeat(32)}`
const letter = (change: Partial<Letter> = {}): Letter => ({
  messageId: '30000000-0000-4000-8000-000000000001',
  to: '+16175550101',
  from: HARBOR_PHONE,
  messagingServiceSid: undefined,
  body: 'Hello 李 👍 & more=1',
  pictures: [],
  storedAtMs: Date.now(),
  ...change,
})

const client = (fetch: typeof globalThis.fetch, change: Partial<TwilioOptions> = {}) =>
  createTwilioClient({
    baseUrl: 'http://127.0.0.1:4020',
    accountSid: ACCOUNT_SID,
    credentials: async () => ({ user: ACCOUNT_SID, password: AUTH_TOKEN }),
    statusCallback: (id) => `https://api.example.test/status?m=${id}`,
    linkToPicture: async (id) => `https://api.example.test/media/${id}?until=1`,
    fetch,
    ...change,
  })
const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  client(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }))
const failing = (error: unknown) =>
  client(async () => {
    throw error
  })
const nobodyElse = async () => new Set<string>()

/** Errors as undici gives them: the reason is the cause. */
const fetchFailed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

test('a letter is one form, to the account, with an address that names it', async () => {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  await client(async (url, init) => {
    asked.push({ url: String(url), init })
    return Response.json({ sid: SID, status: 'queued' }, { status: 201 })
  }).send(letter({ messagingServiceSid: `MG${'2'.repeat(32)}` }))
  expect(asked).toHaveLength(1)
  expect(asked[0]?.url).toBe(`http://127.0.0.1:4020/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`)
  expect(asked[0]?.init).toMatchObject({ method: 'POST', redirect: 'manual' })
  expect(Object.fromEntries(asked[0]?.init?.body as URLSearchParams)).toEqual({
    To: '+16175550101',
    From: HARBOR_PHONE,
    MessagingServiceSid: `MG${'2'.repeat(32)}`,
    Body: 'Hello 李 👍 & more=1',
    StatusCallback: 'https://api.example.test/status?m=30000000-0000-4000-8000-000000000001',
  })
})

test('pictures go along as addresses, and one without words has none', async () => {
  const forms: URLSearchParams[] = []
  const sends = client(async (_url, init) => {
    forms.push(init?.body as URLSearchParams)
    return Response.json({ sid: SID, status: 'queued' }, { status: 201 })
  })
  await sends.send(letter({ body: '', pictures: ['a', 'b'] }))
  expect(forms[0]?.has('Body')).toBe(false)
  expect(forms[0]?.getAll('MediaUrl')).toEqual([
    'https://api.example.test/media/a?until=1',
    'https://api.example.test/media/b?until=1',
  ])
})

test('a picture that cannot be linked to keeps its letter here', async () => {
  let calls = 0
  const nobody = async () => {
    calls += 1
    return Response.json({})
  }
  const sends = client(nobody, {
    linkToPicture: () => Promise.reject(new Error('no token')),
  })
  expect(await sends.send(letter({ pictures: ['a'] }))).toEqual({ kind: 'not_processed', code: 'no_credentials' })
  expect(calls).toBe(0)
})

test.each<[status: number, body: unknown, kind: string, code?: string]>([
  [201, { sid: SID, status: 'accepted', error_code: null }, 'accepted'],
  [201, { sid: 'nonsense', status: 'queued' }, 'unknown', 'unreadable_answer'],
  [201, '<html>', 'unknown', 'unreadable_answer'],
  [429, { code: 20429, status: 429 }, 'not_processed', '20429'],
  [429, '', 'not_processed', '20429'],
  [500, { code: 20500, status: 500 }, 'unknown', 'status_500'],
  [503, '', 'unknown', 'status_503'],
  [504, '', 'unknown', 'status_504'],
  [408, { code: 1 }, 'unknown', 'status_408'],
  [307, '', 'unknown', 'status_307'],
  [400, '<html>a proxy</html>', 'unknown', 'status_400'],
  [401, { code: 20003, status: 401 }, 'not_processed', '20003'],
  [403, { code: 20403, status: 403 }, 'not_processed', '20403'],
  [400, { code: 21606, status: 400 }, 'not_processed', '21606'],
  [404, { code: 20404, status: 404 }, 'not_processed', '20404'],
  [400, { code: 21211, status: 400 }, 'refused', '21211'],
  [400, { code: 21610, status: 400 }, 'refused', '21610'],
  [400, { code: 21617, status: 400 }, 'refused', '21617'],
])('%i with %j is %s', async (status, body, kind, code) => {
  const answer = await answering(status, body).send(letter())
  expect(answer).toMatchObject({ kind, ...(code === undefined ? {} : { code }) })
})

test('how long to wait is read from the answer, within reason', async () => {
  const after = async (value: string) => await answering(429, {}, { 'retry-after': value }).send(letter())
  expect(await after('7')).toMatchObject({ retryAfterMs: 7_000 })
  for (const odd of ['-1', 'soon', '999999999', '0']) expect(await after(odd)).not.toHaveProperty('retryAfterMs')
})

test.each([
  ['ECONNREFUSED', 'not_processed', 'unreachable'],
  ['ENOTFOUND', 'not_processed', 'unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'not_processed', 'unreachable'],
  ['CERT_HAS_EXPIRED', 'not_processed', 'unreachable'],
  ['ECONNRESET', 'unknown', 'connection_lost'],
  ['UND_ERR_SOCKET', 'unknown', 'connection_lost'],
  ['UND_ERR_HEADERS_TIMEOUT', 'unknown', 'connection_lost'],
])('A1: %s is %s', async (code, kind, expected) => {
  expect(await failing(fetchFailed(code)).send(letter())).toEqual({ kind, code: expected })
})

test('A1: of several addresses one that may have been reached makes it unknown', async () => {
  const several = (codes: readonly string[]) =>
    new TypeError('fetch failed', {
      cause: new AggregateError(codes.map((code) => Object.assign(new Error(code), { code }))),
    })
  expect(await failing(several(['ECONNREFUSED', 'ENETUNREACH'])).send(letter())).toMatchObject({
    kind: 'not_processed',
  })
  expect(await failing(several(['ECONNREFUSED', 'ECONNRESET'])).send(letter())).toMatchObject({ kind: 'unknown' })
})

test('without credentials nothing leaves', async () => {
  const asked: string[] = []
  const answer = await client(
    async (url) => {
      asked.push(String(url))
      return new Response()
    },
    { credentials: () => Promise.reject(new Error('no secret')) },
  ).send(letter())
  expect([answer, asked]).toEqual([{ kind: 'not_processed', code: 'no_credentials' }, []])
})

const item = (change: object = {}) => ({
  sid: SID,
  status: 'sent',
  to: '+16175550101',
  body: 'Hello 李 👍 & more=1',
  direction: 'outbound-api',
  date_created: new Date().toUTCString(),
  ...change,
})

test.each<[why: string, items: readonly object[], expected: object]>([
  ['has it', [item()], { kind: 'found', sid: SID, progress: { status: 'sent' } }],
  [
    'has it, undelivered',
    [item({ status: 'undelivered', error_code: 30003 })],
    { kind: 'found', progress: { status: 'undelivered', errorCode: 30003 } },
  ],
  ['has nothing', [], { kind: 'nothing' }],
  ['has other words', [item({ body: 'Hello' })], { kind: 'nothing' }],
  ['has the same words from the patient', [item({ direction: 'inbound' })], { kind: 'nothing' }],
  ['has the same words to somebody else', [item({ to: '+16175550102' })], { kind: 'nothing' }],
  ['has the same words of last week', [item({ date_created: 'Sat, 01 Jan 2022 10:00:00 +0000' })], { kind: 'nothing' }],
])('A1: a carrier that %s is understood', async (_why, items, expected) => {
  expect(await answering(200, { messages: items, next_page_uri: null }).find(letter(), nobodyElse)).toMatchObject(
    expected,
  )
})

test("A1: what belongs to another message is not this one's", async () => {
  const found = answering(200, { messages: [item()], next_page_uri: null }).find(
    letter(),
    async (sids) => new Set(sids),
  )
  expect(await found).toEqual({ kind: 'nothing' })
})

test.each([
  ['fails', 500, {}],
  ['says something else', 200, { hello: 1 }],
  ['refuses us', 401, { code: 20003 }],
  ['never comes to an end', 200, { messages: [], next_page_uri: '/2010-04-01/again' }],
])('A1: a list that %s proves nothing', async (_why, status, body) => {
  expect(await answering(status, body).find(letter(), nobodyElse)).toEqual({ kind: 'no_answer', code: 'list_not_read' })
})

test('A1: the list is read to its last page', async () => {
  const pages = [
    { messages: [item({ body: 'x' })], next_page_uri: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json?Page=1` },
    { messages: [item()], next_page_uri: null },
  ]
  const asked: string[] = []
  const found = await client(async (url) => {
    asked.push(String(url))
    return Response.json(pages[asked.length - 1])
  }).find(letter(), nobodyElse)
  expect(found).toMatchObject({ kind: 'found', sid: SID })
  expect(asked.map((url) => new URL(url).search)).toEqual(['?To=%2B16175550101&PageSize=1000', '?Page=1'])
})

test('a message is asked for by its name, and the carrier says when it got it', async () => {
  const asked: string[] = []
  const at = await client(async (url, init) => {
    asked.push(`${init?.method} ${url}`)
    return Response.json({ sid: SID, date_created: 'Mon, 01 Jun 2026 14:00:05 +0000' })
  }).createdAt(SID)
  expect(at).toBe(Date.UTC(2026, 5, 1, 14, 0, 5))
  expect(asked).toEqual([`GET http://127.0.0.1:4020/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${SID}.json`])
})

test.each([
  ['does not know it', answering(404, { code: 20404 })],
  ['fails', answering(500, '')],
  ['is no carrier', answering(200, '<html>')],
  [
    'speaks of another',
    answering(200, { sid: `SM${'2'.repeat(32)}`, date_created: 'Mon, 01 Jun 2026 14:00:05 +0000' }),
  ],
  ['says no time', answering(200, { sid: SID, date_created: 'soon' })],
  ['is not reached', failing(fetchFailed('ECONNREFUSED'))],
  ['has no credentials', client(fetch, { credentials: () => Promise.reject(new Error('no secret')) })],
])('nothing is known of when a message came when the carrier %s', async (_why, carrier) => {
  expect(await carrier.createdAt(SID)).toBeUndefined()
})

let simulator: CarrierOfTests
beforeAll(async () => {
  simulator = await startCarrier()
})
beforeEach(() => simulator.carrier.behave({ silentNext: 0, resetNext: 0, failNext: 0, refuseNext: 0 }))
afterAll(() => simulator.close())
const real = () =>
  client(globalThis.fetch, {
    baseUrl: simulator.url,
    timeoutMs: 300,
    statusCallback: (id) => `http://127.0.0.1:9/status?m=${id}`,
  })

test('the carrier of the laptop takes a letter, and is found to have it', async () => {
  const to = newPhone()
  const sent = await real().send(letter({ to }))
  expect(sent).toMatchObject({ kind: 'accepted', sid: simulator.carrier.messages({ to })[0]?.sid })
  expect(await real().find(letter({ to }), nobodyElse)).toMatchObject({ kind: 'found' })
})

test('the carrier of the laptop says when it got the text of a telephone', async () => {
  const before = Math.floor(Date.now() / 1_000) * 1_000
  const received = simulator.carrier.receive({ from: newPhone(), to: HARBOR_PHONE, body: 'START', pictures: [] })
  if (received.kind !== 'received') throw new Error('the text was not taken')
  const at = await real().createdAt(received.message.sid)
  expect(at).toBeGreaterThanOrEqual(before)
  expect(at).toBeLessThanOrEqual(Date.now())
})

test.each([
  ['is silent', { silentNext: 1 }, 'timeout'],
  ['breaks the connection', { resetNext: 1 }, 'connection_lost'],
] as const)('A1: a carrier that takes a letter and %s leaves it unknown', async (_what, behaviour, code) => {
  const to = newPhone()
  simulator.carrier.behave(behaviour)
  expect(await real().send(letter({ to }))).toEqual({ kind: 'unknown', code })
  expect(await real().find(letter({ to }), nobodyElse)).toMatchObject({ kind: 'found' })
})
