import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import pg from 'pg'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sampleApi } from '../../test/sample-api.ts'
import { newPhone } from '../../test/sending/letters.ts'
import { saidAboutTexting } from '../domain/revocation-words.ts'
import { createSetAsideWorker } from '../receiving/set-aside-worker.ts'
import { createReceivingStore } from './receiving.ts'
import { createSetAsideStore } from './texts-set-aside.ts'

const site = sampleApi()
const POOL = `MG${'c'.repeat(32)}`
const NEW_NUMBER = '+16175559990'
const logs: string[] = []
const logger = createLogger({ service: 'worker', destination: { write: (line) => void logs.push(line) } })

interface Practice {
  readonly id: string
  readonly tenant: string
  readonly number: string
}
/** Two of one tenant and one of another. */
let one: Practice
let two: Practice
let foreign: Practice

beforeAll(async () => {
  const rows = await site.db.query(`
    select practice_id::text as id, tenant_id::text as tenant, phone as number from app.senders order by tenant_id, phone`)
  const [first, second] = rows
  const other = rows.find(({ tenant }) => tenant !== first?.tenant)
  ;[one, two, foreign] = [first, second, other] as unknown as [Practice, Practice, Practice]
})
beforeEach(async () => {
  await site.db.query('update app.senders set messaging_service_sid = null')
  await site.db.query('delete from app.senders where phone = $1', [NEW_NUMBER])
  await site.db.query('delete from app.texts_set_aside')
})

const share = (...practices: readonly Practice[]) =>
  site.db.query('update app.senders set messaging_service_sid = $1 where practice_id = any($2)', [
    POOL,
    practices.map(({ id }) => id),
  ])
const register = ({ id, tenant }: Practice) =>
  site.db.query(
    'insert into app.senders (phone, tenant_id, practice_id, messaging_service_sid) values ($1, $2, $3, $4)',
    [...[NEW_NUMBER, tenant, id, POOL]],
  )

async function text(
  from: string,
  body = 'The mask leaks',
  { to = NEW_NUMBER, sid = `SM${randomBytes(16).toString('hex')}`, atMs = Date.now() } = {},
) {
  const store = createReceivingStore(site.api.database, { newId: randomUUID, nowMs: () => atMs })
  const media = [{ url: 'https://api.twilio.com/picture', contentType: 'image/png' }]
  const said = saidAboutTexting(body)
  return store.receive({ sid, from, to, messagingServiceSid: POOL, body, segmentCount: 1, media, said })
}
const talk = ({ id, tenant }: Practice, phone: string, at: string) =>
  site.db.query(
    'insert into app.conversations (id, tenant_id, practice_id, patient_phone, last_message_at) values ($1, $2, $3, $4, $5)',
    [randomUUID(), tenant, id, phone, at],
  )
const practicesOf = async (phone: string) =>
  (
    await site.db.query(
      `select distinct m.practice_id::text as id from app.messages m join app.conversations c on c.id = m.conversation_id
       where c.patient_phone = $1`,
      [phone],
    )
  ).map(({ id }) => id)
const aside = async () =>
  (await site.db.query('select body from app.texts_set_aside order by body')).map(({ body }) => body)
const consents = async (phone: string) =>
  Object.fromEntries(
    (await site.db.query('select tenant_id::text as tenant, state from app.consent where phone = $1', [phone])).map(
      ({ tenant, state }) => [tenant, state],
    ),
  )
/** As somebody who sets up practices, whom policies bind. */
async function asOwner(sql: string) {
  const client = new pg.Client(site.db.adminUrl)
  await client.connect()
  try {
    await client.query('set role app_owner')
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const placeAll = () =>
  createSetAsideWorker({ store: createSetAsideStore(site.api.database, { newId: randomUUID }), logger }).sweep(20)

test('in a pool of one tenant a text to an unregistered number goes on with the newest conversation', async () => {
  await share(one, two)
  const phone = newPhone()
  await talk(one, phone, '2026-01-01T10:00:00Z')
  await talk(two, phone, '2026-01-01T11:00:00Z')
  expect(await text(phone)).toBe('stored_by_pool')
  expect(await practicesOf(phone)).toEqual([two.id])
})

test('where nobody has talked with them it goes to the practice whose patient they are', async () => {
  await share(one, two)
  const phone = newPhone()
  await site.db.query(
    `update app.patients set phone = $1 where id = (select id from app.patients where practice_id = $2 limit 1)`,
    [phone, two.id],
  )
  expect(await text(phone)).toBe('stored_by_pool')
  expect(await practicesOf(phone)).toEqual([two.id])
})

test('and a stranger is an unknown number of the practice with the lowest number of the pool', async () => {
  await share(one, two)
  const phone = newPhone()
  expect(await text(phone)).toBe('stored_by_pool')
  expect(await practicesOf(phone)).toEqual([one.number < two.number ? one.id : two.id])
})

test('in a pool of two tenants it goes to the only one who has talked with the patient', async () => {
  await share(one, two, foreign)
  const phone = newPhone()
  await talk(foreign, phone, '2026-01-01T10:00:00Z')
  expect(await text(phone)).toBe('stored_by_pool')
  expect(await practicesOf(phone)).toEqual([foreign.id])
})

test.each([
  ['nobody has talked with them', false],
  ['both have', true],
])(
  'in a pool of two tenants it is set aside when %s, once, and goes to whoever gets the number',
  async (_why, both) => {
    await share(one, foreign)
    const phone = newPhone()
    if (both) {
      await talk(one, phone, '2026-01-01T10:00:00Z')
      await talk(foreign, phone, '2026-01-01T11:00:00Z')
    }
    const sid = `SM${randomBytes(16).toString('hex')}`
    const atMs = Date.now() - 3_600_000
    expect(await text(phone, 'Who are you?', { sid, atMs })).toBe('set_aside')
    expect(await text(phone, 'Who are you?', { sid })).toBe('set_aside')
    expect([await practicesOf(phone), await aside()]).toEqual([[], ['Who are you?']])
    expect(await placeAll()).toBe(0)
    expect(await asOwner('select * from app.numbers_wanted()')).toEqual([
      { phone: NEW_NUMBER, texts: '1', since: new Date(atMs) },
    ])

    await register(foreign)
    expect(await placeAll()).toBe(1)
    expect([await practicesOf(phone), await aside()]).toEqual([[foreign.id], []])
    const [kept] = await site.db.query(
      'select m.created_at, (select count(*)::int from app.message_media p where p.message_id = m.id) as pictures from app.messages m where provider_sid = $1',
      [sid],
    )
    expect(kept).toEqual({ created_at: new Date(atMs), pictures: 1 })
    expect(await text(phone, 'Who are you?', { sid })).toBe('seen')
    expect(await placeAll()).toBe(0)
  },
)

test('a text that was told again between the number and the worker is there once', async () => {
  await share(one, foreign)
  const phone = newPhone()
  const sid = `SM${randomBytes(16).toString('hex')}`
  await text(phone, 'Hello', { sid })
  await register(one)
  expect(await text(phone, 'Hello', { sid })).toBe('set_aside')
  await placeAll()
  expect(await site.db.query('select 1 as n from app.messages where provider_sid = $1', [sid])).toHaveLength(1)
  expect(await aside()).toEqual([])
})

test('a number of no pool that is known is nobody’s, and nothing is kept', async () => {
  expect(await text(newPhone())).toBe('nobodys_number')
  expect(await aside()).toEqual([])
})

test.each([
  ['set aside', NEW_NUMBER, 'set_aside'],
  ['to a registered number of the pool', undefined, 'stored'],
] as const)('A14: STOP in a text %s holds for every tenant of the pool', async (_how, to, answer) => {
  await share(one, foreign)
  const phone = newPhone()
  expect(await text(phone, 'STOP', { to: to ?? one.number })).toBe(answer)
  expect(await consents(phone)).toEqual({ [one.tenant]: 'opted_out', [foreign.tenant]: 'opted_out' })
})

test('words to the effect of stop, set aside, hold the number for every tenant of the pool', async () => {
  await share(one, foreign)
  const phone = newPhone()
  await text(phone, 'Please stop texting me')
  expect(await consents(phone)).toEqual({ [one.tenant]: 'held', [foreign.tenant]: 'held' })
})

test('A14: a STOP that is told or placed after START has been said takes START back no more', async () => {
  await share(one, foreign)
  const phone = newPhone()
  const sid = `SM${randomBytes(16).toString('hex')}`
  await text(phone, 'STOP', { sid, atMs: Date.now() - 11 * 60_000 })
  await text(phone, 'START', { to: foreign.number })
  expect(await consents(phone)).toEqual({ [one.tenant]: 'opted_out', [foreign.tenant]: 'subscribed' })
  await text(phone, 'STOP', { sid })
  await register(foreign)
  await placeAll()
  expect(await practicesOf(phone)).toEqual([foreign.id])
  expect(await consents(phone)).toEqual({ [one.tenant]: 'opted_out', [foreign.tenant]: 'subscribed' })
})

test('a START that was set aside subscribes nobody until it is placed, and nobody who said STOP since', async () => {
  await share(one, foreign)
  const phone = newPhone()
  await text(phone, 'START')
  expect(await consents(phone)).toEqual({})
  await text(phone, 'STOP', { to: one.number })
  await register(one)
  await placeAll()
  expect(await consents(phone)).toEqual({ [one.tenant]: 'opted_out', [foreign.tenant]: 'opted_out' })
})
