import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { HARBOR, letterState, newPhone, storeLetter, TENANT } from '../../test/sending/letters.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { createApp } from '../app.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { insertSampleData } from '../store/insert-sample-data.ts'
import { createReceivingStore } from '../store/receiving.ts'

const TOKEN = 'token-in-use-0123456789abcdef012'
const OLD_TOKEN = 'token-before-0123456789abcdef012'
const ACCOUNT = `AC${'a'.repeat(32)}`
const BASE = 'https://api.example.test/dev'
const INBOUND = '/outreach/webhooks/twilio/inbound'
const STATUS = '/outreach/webhooks/twilio/status'
const HARBOR_PHONE = '+16175550100'
const POOL = `MG${'c'.repeat(32)}`
const newSid = () => `SM${randomBytes(16).toString('hex')}`

const logs: string[] = []
let db: TestDatabase
let database: Database
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  await db.query('update app.senders set phone = $1, messaging_service_sid = $2 where practice_id = $3', [
    HARBOR_PHONE,
    POOL,
    HARBOR,
  ])
  const logger = createLogger({
    service: 'outreach-api',
    level: 'debug',
    destination: { write: (line) => void logs.push(line) },
  })
  database = openDatabase({ address: { kind: 'url', url: db.userUrl }, logger })
  app = createApp({
    database,
    verify: async () => ({ kind: 'refused', code: 'missing' }),
    logger,
    newId: randomUUID,
    nowMs: () => performance.now(),
    epochMs: Date.now,
    release: 'test',
    webhooks: {
      store: createReceivingStore(database, { newId: randomUUID, nowMs: Date.now }),
      accountSid: ACCOUNT,
      tokens: async () => [TOKEN, OLD_TOKEN],
      publicBaseUrl: BASE,
    },
  })
})
afterAll(async () => {
  await database?.close()
  await db?.drop()
})

type Fields = Readonly<Record<string, string>>

/** @source Twilio documentation, "Webhooks Security": URL, then names and values sorted by name, HMAC-SHA1, base64 */
const signed = (url: string, fields: Fields, token: string) =>
  createHmac('sha1', token)
    .update(
      url +
        Object.keys(fields)
          .sort()
          .map((name) => name + fields[name])
          .join(''),
    )
    .digest('base64')

interface Call {
  readonly path?: string
  readonly fields: Fields
  readonly sent?: Fields
  readonly token?: string
  readonly signedUrl?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function call({
  path = INBOUND,
  fields,
  sent = fields,
  token = TOKEN,
  signedUrl = BASE + path,
  headers = {},
}: Call) {
  const response = await app.request(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signed(signedUrl, fields, token),
      ...headers,
    },
    body: new URLSearchParams(sent).toString(),
  })
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
}

const inbound = (change: Fields = {}): Record<string, string> => ({
  MessageSid: newSid(),
  AccountSid: ACCOUNT,
  From: newPhone(),
  To: HARBOR_PHONE,
  Body: "It's José – 李 👍",
  NumMedia: '0',
  NumSegments: '2',
  ApiVersion: '2010-04-01',
  ...change,
})
const stored = (sid: string | undefined) => db.query('select * from app.messages where provider_sid = $1', [sid])

test('a message is stored as it was written, in a conversation of the practice that has the number', async () => {
  const fields = inbound({ MessagingServiceSid: POOL })
  expect(await call({ fields })).toEqual({
    status: 200,
    text: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
    type: 'text/xml; charset=utf-8',
  })
  expect(await stored(fields.MessageSid)).toMatchObject([
    {
      tenant_id: TENANT,
      practice_id: HARBOR,
      direction: 'inbound',
      status: 'delivered',
      body: fields.Body,
      segment_count: 2,
    },
  ])
  const [conversation] = await db.query('select * from app.conversations where patient_phone = $1', [fields.From])
  expect(conversation).toMatchObject({
    unread_count: 1,
    status: 'active',
    last_message_preview: fields.Body,
    last_message_direction: 'inbound',
  })
  expect(conversation?.waiting_since).toEqual(conversation?.last_message_at)
  expect(conversation?.due_at).toBeInstanceOf(Date)
})

test.each<
  [why: string, status: number, change: (fields: Record<string, string>) => Omit<Call, 'fields'> & { fields?: Fields }]
>([
  ['as the carrier sends it', 200, () => ({})],
  ['signed with the token before, during a rotation', 200, () => ({ token: OLD_TOKEN })],
  ['with parameters that nobody knows yet', 200, (f) => ({ fields: { ...f, NewParameter: 'x', Empty: '' } })],
  ['with a query, which is signed too', 200, () => ({ path: `${INBOUND}?a=1&b=%27` })],
  [
    'addressed to another host, which is nothing to us',
    200,
    () => ({ headers: { host: 'evil.example.test', 'x-forwarded-host': 'evil.example.test' } }),
  ],
  ['forged', 403, () => ({ token: 'not-our-token-0123456789abcdef01' })],
  ['with a body that was changed', 403, (f) => ({ sent: { ...f, Body: 'STOP' } })],
  ['with a parameter that was added', 403, (f) => ({ sent: { ...f, OptOutType: 'STOP' } })],
  ['with a parameter that was taken away', 403, ({ Body: _, ...f }) => ({ sent: f })],
  ['signed for another address', 403, () => ({ signedUrl: BASE + STATUS })],
  ['signed for the address that the request names', 403, () => ({ signedUrl: `http://localhost${INBOUND}` })],
  ['signed without its query', 403, () => ({ path: `${INBOUND}?m=1`, signedUrl: BASE + INBOUND })],
  ['of another account', 403, (f) => ({ fields: { ...f, AccountSid: `AC${'b'.repeat(32)}` } })],
  ['without an account', 403, ({ AccountSid: _, ...f }) => ({ fields: f })],
  ['without a signature', 403, () => ({ headers: { 'x-twilio-signature': '' } })],
  ['with half a signature', 403, () => ({ headers: { 'x-twilio-signature': 'AAAA' } })],
  ['as JSON', 415, () => ({ headers: { 'content-type': 'application/json' } })],
  ['without a name of its own', 400, ({ MessageSid: _, ...f }) => ({ fields: f })],
  ['with a name that is none', 400, (f) => ({ fields: { ...f, MessageSid: 'SM1' } })],
  ['to a number that no practice has', 404, (f) => ({ fields: { ...f, To: '+16175559999' } })],
  [
    'to another number of a pool that one practice has',
    200,
    (f) => ({ fields: { ...f, To: '+16175559998', MessagingServiceSid: POOL } }),
  ],
  ['from a short code', 200, (f) => ({ fields: { ...f, From: '72345' } })],
])('A15: a webhook %s is answered %i', async (_why, status, change) => {
  const fields = inbound()
  const made = change(fields)
  const answer = await call({ fields, ...made })
  expect(answer.status).toBe(status)
  const kept = status === 200 && (made.fields?.From ?? '') !== '72345' ? 1 : 0
  expect(await stored(fields.MessageSid)).toHaveLength(kept)
})

test('a text to a number of a shared pool that no practice has is answered once it is kept, and an operator is told without its number', async () => {
  const shared = `MG${'d'.repeat(32)}`
  const far = await db.query(
    'update app.senders set messaging_service_sid = $1 where practice_id <> $2 returning phone',
    [shared, HARBOR],
  )
  expect(far.length).toBeGreaterThan(1)
  logs.length = 0
  const fields = inbound({ To: '+16175559996', MessagingServiceSid: shared })
  expect((await call({ fields })).status).toBe(200)
  expect(await db.query('select body from app.texts_set_aside where provider_sid = $1', [fields.MessageSid])).toEqual([
    { body: fields.Body },
  ])
  const told = logs.map((line) => JSON.parse(line)).filter(({ code }) => code === 'UNREGISTERED_NUMBER')
  expect(told).toMatchObject([{ level: 'error', message: 'a number of a pool is not registered' }])
  for (const secret of [fields.From ?? '', '+16175559996', shared, 'José']) expect(logs.join('')).not.toContain(secret)

  await db.query('alter table app.texts_set_aside rename to elsewhere')
  const lost = await call({ fields: inbound({ To: '+16175559996', MessagingServiceSid: shared }) })
  await db.query('alter table app.elsewhere rename to texts_set_aside')
  expect(lost.status).toBe(500)
})

test('A15: a message that is told again, also at the same time, is stored once', async () => {
  const fields = inbound()
  const answers = await Promise.all(Array.from({ length: 8 }, () => call({ fields })))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(await call({ fields })).toMatchObject({ status: 200 })
  expect(await stored(fields.MessageSid)).toHaveLength(1)
  expect(
    await db.query('select unread_count, last_message_seq::int from app.conversations where patient_phone = $1', [
      fields.From,
    ]),
  ).toEqual([{ unread_count: 1, last_message_seq: 1 }])
})

test('a message from a patient is linked to whom the number belongs, unless it could be several', async () => {
  const [one] = await db.query(
    'select id, phone from app.patients p where practice_id = $1 and phone is not null and not exists (select from app.conversations c where c.patient_phone = p.phone) limit 1',
    [HARBOR],
  )
  await call({ fields: inbound({ From: String(one?.phone) }) })
  expect(
    await db.query('select patient_id from app.conversations where patient_phone = $1 and practice_id = $2', [
      one?.phone,
      HARBOR,
    ]),
  ).toEqual([{ patient_id: one?.id }])
})

test.each([
  ['STOP', 'opted_out', false],
  ['HELP', undefined, false],
  ['START', 'subscribed', false],
  ['Yes', undefined, true],
  ['Please remove me from your list, no more texts', 'held', true],
])('%s makes consent %s, and asks for an answer: %s', async (Body, state, waits) => {
  const fields = inbound({ Body })
  await call({ fields })
  const [consent] = await db.query('select state from app.consent where phone = $1', [fields.From])
  expect(consent?.state).toBe(state)
  const [conversation] = await db.query(
    'select waiting_since, consent_state from app.conversations where patient_phone = $1',
    [fields.From],
  )
  expect(conversation?.waiting_since !== null).toBe(waits)
  expect(conversation?.consent_state).toBe(state ?? 'subscribed')
})

test("a word that only the carrier's settings know is STOP when the carrier says so", async () => {
  const fields = inbound({ Body: 'Aufhören', OptOutType: 'STOP' })
  await call({ fields })
  expect(await db.query('select state from app.consent where phone = $1', [fields.From])).toEqual([
    { state: 'opted_out' },
  ])
})

test('an archived conversation comes back when its patient writes', async () => {
  const fields = inbound()
  await call({ fields })
  await db.query("update app.conversations set status = 'archived' where patient_phone = $1", [fields.From])
  await call({ fields: inbound({ From: fields.From ?? '' }) })
  expect(
    await db.query('select status, last_message_seq::int from app.conversations where patient_phone = $1', [
      fields.From,
    ]),
  ).toEqual([{ status: 'active', last_message_seq: 2 }])
})

const report = (sid: string, MessageStatus: string, more: Fields = {}) => ({
  AccountSid: ACCOUNT,
  MessageSid: sid,
  SmsSid: sid,
  MessageStatus,
  SmsStatus: MessageStatus,
  From: HARBOR_PHONE,
  To: '+16175550101',
  ApiVersion: '2010-04-01',
  ...more,
})

test('A15: whatever the order and repetition of reports, a message ends as far as it came', async () => {
  const orders = [
    ['queued', 'sending', 'sent', 'delivered'],
    ['delivered', 'sent', 'sending', 'queued'],
    ['sent', 'delivered', 'delivered', 'queued', 'sent'],
  ]
  for (const order of orders) {
    const id = await storeLetter(db, { phone: newPhone() })
    const sid = newSid()
    for (const status of order) {
      expect(await call({ path: `${STATUS}?m=${id}`, fields: report(sid, status) })).toMatchObject({
        status: 204,
        text: '',
      })
    }
    expect(await letterState(db, id)).toMatchObject({
      state: 'done',
      status: 'delivered',
      provider_sid: sid,
      error_code: null,
    })
  }
})

test('a report settles a message whose fate was unknown', async () => {
  const id = await storeLetter(db, { phone: newPhone() })
  await db.query("update app.outbox set state = 'unknown', attempts = 1 where message_id = $1", [id])
  const sid = newSid()
  await call({ path: `${STATUS}?m=${id}`, fields: report(sid, 'undelivered', { ErrorCode: '30003' }) })
  expect(await letterState(db, id)).toMatchObject({
    state: 'done',
    status: 'undelivered',
    error_code: 30003,
    provider_sid: sid,
  })
})

test('a report of a second text for one message changes nothing, and is cried out', async () => {
  const id = await storeLetter(db, { phone: newPhone() })
  const sid = newSid()
  await call({ path: `${STATUS}?m=${id}`, fields: report(sid, 'sent') })
  logs.length = 0
  expect((await call({ path: `${STATUS}?m=${id}`, fields: report(newSid(), 'failed') })).status).toBe(204)
  expect(await letterState(db, id)).toMatchObject({ status: 'sent', provider_sid: sid })
  expect(logs.join('')).toContain('message was sent twice')
})

test('A14: a text that the carrier fails because its reader had said stop closes the number', async () => {
  const phone = newPhone()
  const id = await storeLetter(db, { phone })
  await call({ path: `${STATUS}?m=${id}`, fields: report(newSid(), 'failed', { ErrorCode: '21610' }) })
  expect(await db.query('select state from app.consent where phone = $1', [phone])).toEqual([{ state: 'opted_out' }])
})

test('A15: a refusal of before START, told late or again, takes START back no more', async () => {
  const phone = newPhone()
  const [refused, late] = [await storeLetter(db, { phone }), await storeLetter(db, { phone })]
  const [sid, lateSid] = [newSid(), newSid()]
  const refuse = (id: string, of: string) =>
    call({ path: `${STATUS}?m=${id}`, fields: report(of, 'failed', { ErrorCode: '21610' }) })
  const said = async () =>
    (await db.query('select state, source from app.consent_ledger where phone = $1 order by id', [phone])).map(
      ({ state, source }) => `${source}: ${state}`,
    )
  await refuse(refused, sid)
  await refuse(refused, sid)
  expect(await said()).toEqual(['carrier: opted_out'])
  await call({ fields: inbound({ From: phone, Body: 'START' }) })
  await refuse(refused, sid)
  await refuse(late, lateSid)
  expect(await letterState(db, late)).toMatchObject({ status: 'failed', error_code: 21610 })
  expect(await said()).toEqual(['carrier: opted_out', 'keyword: subscribed'])

  const since = await storeLetter(db, { phone })
  await refuse(since, newSid())
  expect(await said()).toEqual(['carrier: opted_out', 'keyword: subscribed', 'carrier: opted_out'])
})

test.each([
  ['of a message that nobody knows', `${STATUS}?m=${randomUUID()}`],
  ['without our name for it', STATUS],
  ['with a name that is none', `${STATUS}?m=%00%27drop`],
])('a report %s is taken and does nothing', async (_why, path) => {
  expect((await call({ path, fields: report(newSid(), 'delivered') })).status).toBe(204)
})

test('A15: no body, however odd, is answered with a failure of ours', { timeout: 120_000 }, async () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', '\u0000', 'STOP', '-1', '999999999999', '+1617\u0000', '👍'.repeat(900)),
  )
  const name = fc.constantFrom(
    'MessageSid',
    'From',
    'To',
    'Body',
    'NumMedia',
    'NumSegments',
    'MediaUrl0',
    'MessageStatus',
    'ErrorCode',
    'OptOutType',
    'MessagingServiceSid',
    '__proto__',
    'constructor',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(INBOUND, STATUS),
      fc.dictionary(fc.oneof(name, fc.string()), anything),
      fc.boolean(),
      async (path, odd, kept) => {
        // What a form can carry: a lone half of a pair cannot.
        const fields = Object.fromEntries(
          new URLSearchParams({ ...(kept ? inbound() : {}), ...odd, AccountSid: ACCOUNT }),
        )
        const { status } = await call({ path, fields })
        expect([200, 204, 400, 404]).toContain(status)
      },
    ),
    { numRuns: 400 },
  )
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (body) => {
      const response = await app.request(INBOUND, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'x' },
        body,
      })
      expect(response.status).toBe(403)
    }),
    { numRuns: 200 },
  )
})

test('a body that is too large is refused before it is read', async () => {
  expect((await call({ fields: inbound({ Body: 'x'.repeat(70_000) }) })).status).toBe(413)
})

test('S9: neither what was written nor who wrote reaches the log', async () => {
  logs.length = 0
  const fields = inbound({ Body: 'Kanarienvogel' })
  await call({ fields })
  await call({ fields, token: 'not-our-token-0123456789abcdef01' })
  await call({ path: `${STATUS}?m=${randomUUID()}`, fields: report(newSid(), 'sent') })
  expect(logs).not.toHaveLength(0)
  for (const secret of ['Kanarienvogel', fields.From ?? '', TOKEN, HARBOR_PHONE])
    expect(logs.join('')).not.toContain(secret)
})

test('what cannot be stored is an error to the carrier, and stored when it is told again', async () => {
  await db.query('alter table app.inbound_receipts rename to elsewhere')
  const fields = inbound()
  const broken = await call({ fields })
  await db.query('alter table app.elsewhere rename to inbound_receipts')
  expect(broken.status).toBe(500)
  expect(await stored(fields.MessageSid)).toHaveLength(0)
  expect((await call({ fields })).status).toBe(200)
  expect(await stored(fields.MessageSid)).toHaveLength(1)
})
