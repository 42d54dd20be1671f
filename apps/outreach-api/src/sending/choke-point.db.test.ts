import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { HeldCarrier } from '../../test/sending/held-carrier.ts'
import { letterState, newPhone, storeLetter, TENANT } from '../../test/sending/letters.ts'
import { HARBOR_PHONE, receivedText } from '../../test/sending/received-text.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { insertSampleData } from '../store/insert-sample-data.ts'
import { createOutboxStore } from '../store/outbox.ts'
import { createReceivingStore } from '../store/receiving.ts'
import { createOutboxWorker } from './outbox-worker.ts'

const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
const newSid = () => `SM${randomBytes(16).toString('hex')}`

let db: TestDatabase
let database: Database
let carrier: HeldCarrier
let phone: string
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  await db.query("update app.outbox set state = 'done' where state <> 'dead'")
  await db.query('update app.senders set phone = $1 where practice_id = $2', [
    HARBOR_PHONE,
    '00000000-0000-0000-0000-000000000020',
  ])
  database = openDatabase({ address: { kind: 'url', url: db.userUrl }, logger })
})
beforeEach(() => {
  phone = newPhone()
  carrier = new HeldCarrier()
})
// A test that failed half-way must not leave a transaction open.
afterEach(() => carrier.answer({ kind: 'refused', code: '21211' }))
afterAll(async () => {
  await database?.close()
  await db?.drop()
})

const workerAt = (nowMs: () => number = Date.now) =>
  createOutboxWorker({
    store: createOutboxStore(database, nowMs),
    carrier,
    nowMs,
    random: Math.random,
    newId: randomUUID,
    logger,
  })

const receive = (body: string, { sid = newSid(), nowMs = Date.now } = {}) =>
  createReceivingStore(database, { newId: randomUUID, nowMs }).receive(receivedText(sid, phone, body))

const consent = async () =>
  (await db.query('select state from app.consent where tenant_id = $1 and phone = $2', [TENANT, phone]))[0]?.state
const ledger = () =>
  db.query(
    'select state, source, evidence_message_id is not null as evidence from app.consent_ledger where phone = $1 order by id',
    [phone],
  )

test('A14: STOP is accepted after the text that is under way, and before any other', async () => {
  const first = await storeLetter(db, { phone })
  const arrived = carrier.request()
  const sending = workerAt().sweep(5)
  await arrived
  let accepted = false
  const stop = receive('STOP').then(() => {
    accepted = true
  })
  // It waits in the database, and nobody else can say that the text was not sent before.
  await expect
    .poll(() =>
      db.query("select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'"),
    )
    .toHaveLength(1)
  expect(accepted).toBe(false)
  carrier.answer({ kind: 'accepted', sid: newSid(), progress: { status: 'queued' } })
  await sending
  await stop
  expect(await letterState(db, first)).toMatchObject({ state: 'done', status: 'queued' })

  const second = await storeLetter(db, { phone })
  await workerAt().sweep(5)
  expect(carrier.sent).toHaveLength(1)
  expect(await letterState(db, second)).toMatchObject({ state: 'dead', status: 'failed', error_code: 21610 })
  expect(await ledger()).toEqual([{ state: 'opted_out', source: 'keyword', evidence: true }])
})

test('A14: START opens the number again', async () => {
  await receive('Stop.', { nowMs: () => Date.now() - 60 * 60_000 })
  expect(await consent()).toBe('opted_out')
  await receive('start')
  expect(await consent()).toBe('subscribed')
  const id = await storeLetter(db, { phone })
  const arrived = carrier.request()
  const sending = workerAt().sweep(5)
  await arrived
  carrier.answer({ kind: 'accepted', sid: newSid(), progress: { status: 'queued' } })
  await sending
  expect(await letterState(db, id)).toMatchObject({ state: 'done' })
})

test('what may have meant stop holds back what waits, and lets it go when a person says so', async () => {
  const id = await storeLetter(db, { phone })
  await receive('please stop texting me')
  await workerAt().sweep(5)
  expect(carrier.sent).toHaveLength(0)
  expect(await letterState(db, id)).toMatchObject({ state: 'waiting', attempts: 0, status: 'queued' })
  expect(await ledger()).toEqual([{ state: 'held', source: 'free_text', evidence: true }])
  await db.query(
    "insert into app.consent_ledger (tenant_id, phone, state, source, actor_sax_id, reason, at) values ($1, $2, 'subscribed', 'staff', 1386, 'asked by phone', now())",
    [TENANT, phone],
  )
  const arrived = carrier.request()
  const sending = workerAt(() => Date.now() + 60_000).sweep(5)
  await arrived
  carrier.answer({ kind: 'accepted', sid: newSid(), progress: { status: 'queued' } })
  await sending
  expect(await letterState(db, id)).toMatchObject({ state: 'done', attempts: 1 })
})

test('a carrier that knows of a STOP that we do not know is believed', async () => {
  const id = await storeLetter(db, { phone })
  const arrived = carrier.request()
  const sending = workerAt().sweep(5)
  await arrived
  carrier.answer({ kind: 'refused', code: '21610' })
  await sending
  expect(await letterState(db, id)).toMatchObject({ state: 'dead', status: 'failed', error_code: 21610 })
  expect(await consent()).toBe('opted_out')
  expect(await ledger()).toEqual([{ state: 'opted_out', source: 'carrier', evidence: true }])
})

test('a STOP that comes twice is in the ledger once', async () => {
  const sid = newSid()
  expect(await Promise.all([receive('STOP', { sid }), receive('STOP', { sid })])).toEqual(
    expect.arrayContaining(['stored', 'seen']),
  )
  expect(await ledger()).toHaveLength(1)
})

test('while the carrier is waited for the feed of changes goes on', async () => {
  await storeLetter(db, { phone })
  const arrived = carrier.request()
  const sending = workerAt().sweep(5)
  await arrived
  const waiting = await db.query(`
    select backend_xid::text as writes from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`)
  expect(waiting).toEqual([{ writes: null }])
  carrier.answer({ kind: 'accepted', sid: newSid(), progress: { status: 'queued' } })
  await sending
})

test('a worker whose claim ran out while the carrier was slow is not followed by another', async () => {
  const id = await storeLetter(db, { phone })
  const arrived = carrier.request()
  const sending = workerAt().sweep(5)
  await arrived
  await workerAt(() => Date.now() + 600_000).sweep(5)
  expect(await letterState(db, id)).toMatchObject({ state: 'sending' })
  carrier.answer({ kind: 'accepted', sid: newSid(), progress: { status: 'queued' } })
  await sending
  expect(await letterState(db, id)).toMatchObject({ state: 'done' })
  expect(carrier.sent).toHaveLength(1)
})
