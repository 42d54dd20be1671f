import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgresData, startPostgres } from '@sax/local/postgres'
import { createLogger } from '@sax/logging'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type CarrierOfTests, startCarrier } from '../../test/sending/carrier-of-tests.ts'
import { letterState, newPhone, storeLetter } from '../../test/sending/letters.ts'
import { realWorker, STEPS } from '../../test/sending/real-worker.ts'
import { createTestDatabase, migrate, onDatabase, type TestDatabase, USER_PASSWORD } from '../../test/test-database.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { insertSampleData } from '../store/insert-sample-data.ts'

const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
const dyingWorker = join(import.meta.dirname, '../../test/sending/worker-that-dies.ts')
/** Past claims, pauses and settling, as if everybody had waited. */
const LATER_MS = 10 * 60_000

let db: TestDatabase
let database: Database
let phone: string
let carrier: CarrierOfTests
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  await db.query("update app.outbox set state = 'done' where state <> 'dead'")
  database = openDatabase({ address: { kind: 'url', url: db.userUrl }, logger })
  carrier = await startCarrier()
})
beforeEach(() => {
  phone = newPhone()
})
afterAll(async () => {
  await carrier?.close()
  await database?.close()
  await db?.drop()
})

const textsTo = (to: string) => carrier.carrier.messages({ to })

/** Another worker goes on, each round as much later as anything has to wait. */
async function finish(id: string, on: Database = database, query: Pick<TestDatabase, 'query'> = db): Promise<void> {
  let rounds = 0
  await expect
    .poll(
      async () => {
        rounds += 1
        const nowMs = () => Date.now() + rounds * LATER_MS
        await realWorker({ database: on, carrierUrl: carrier.url, logger, nowMs }).sweep(10)
        return (await letterState(query, id))?.state
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe('done')
}

test.each(STEPS)(
  'A1: a worker that is killed when it has "%s" leaves exactly one text',
  { timeout: 60_000 },
  async (step) => {
    const id = await storeLetter(db, { phone })
    const worker = spawn(process.execPath, [dyingWorker, db.userUrl, carrier.url, step], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [code, signal] = await once(worker, 'exit')
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    const taken = textsTo(phone).length
    expect(taken).toBe(step === 'answered' || step === 'recorded' ? 1 : 0)
    await finish(id)
    expect(textsTo(phone)).toHaveLength(1)
    expect(await letterState(db, id)).toMatchObject({
      state: 'done',
      provider_sid: textsTo(phone)[0]?.sid,
      error_code: null,
    })
  },
)

test.each([
  ['takes it and never answers', { silentNext: 1 }, 1, 'unknown', 1],
  ['takes it and breaks the connection', { resetNext: 1 }, 1, 'unknown', 1],
  ['fails and has done nothing', { failNext: 1 }, 0, 'unknown', 2],
  ['says that there are too many requests', { refuseNext: 1 }, 0, 'waiting', 2],
] as const)('A1: a carrier that %s leaves exactly one text', async (_what, behaviour, taken, state, attempts) => {
  const id = await storeLetter(db, { phone })
  carrier.carrier.behave(behaviour)
  await realWorker({ database, carrierUrl: carrier.url, logger }).sweep(10)
  expect(textsTo(phone)).toHaveLength(taken)
  expect(await letterState(db, id)).toMatchObject({ state, status: 'queued', attempts: 1 })
  // Nobody asks or sends before its time.
  await realWorker({ database, carrierUrl: carrier.url, logger }).sweep(10)
  expect(textsTo(phone)).toHaveLength(taken)
  await finish(id)
  expect(textsTo(phone)).toHaveLength(1)
  expect(await letterState(db, id)).toMatchObject({ attempts, provider_sid: textsTo(phone)[0]?.sid })
})

test('A1: a carrier that is not there is tried again, and a person is asked in the end', async () => {
  const id = await storeLetter(db, { phone })
  const closed = await startCarrier()
  await closed.close()
  for (let round = 0; round < 14; round += 1) {
    await realWorker({ database, carrierUrl: closed.url, logger, nowMs: () => Date.now() + round * LATER_MS }).sweep(10)
  }
  expect(await letterState(db, id)).toMatchObject({
    state: 'dead',
    attempts: 12,
    status: 'failed',
    last_error: 'unreachable',
    provider_sid: null,
  })
})

test('two texts of the same words whose fate is unknown are both sent, once each', async () => {
  const ids = [await storeLetter(db, { phone }), await storeLetter(db, { phone })]
  carrier.carrier.behave({ silentNext: 1, failNext: 1 })
  await realWorker({ database, carrierUrl: carrier.url, logger }).sweep(10)
  expect(textsTo(phone)).toHaveLength(1)
  for (const id of ids) await finish(id)
  expect(textsTo(phone)).toHaveLength(2)
  const sids = await Promise.all(ids.map(async (id) => (await letterState(db, id))?.provider_sid))
  expect(new Set(sids).size).toBe(2)
})

test('twenty workers at once send each message once', { timeout: 60_000 }, async () => {
  const to = Array.from({ length: 30 }, newPhone)
  const ids = await Promise.all(to.map((one) => storeLetter(db, { phone: one })))
  const worker = realWorker({ database, carrierUrl: carrier.url, logger })
  await Promise.all(Array.from({ length: 20 }, () => worker.sweep(50)))
  // Whoever got no connection in time left its message to others.
  for (const id of ids) await finish(id)
  expect(to.map((one) => textsTo(one).length)).toEqual(to.map(() => 1))
})

test('A1: a database that is restarted while the carrier is asked leaves exactly one text', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sax-restarted-'))
  const options = { dataDir: join(folder, 'data'), port: 23_700, password: 'only-for-tests' }
  let server = await startPostgres(options)
  try {
    const admin = new pg.Client(server.url())
    await admin.connect()
    await admin.query('create database outreach')
    await admin.end()
    const adminUrl = onDatabase(server.url(), 'outreach')
    await migrate(adminUrl)
    await insertSampleData(adminUrl, new Date())
    const userUrl = new URL(adminUrl)
    userUrl.username = 'app_user'
    userUrl.password = USER_PASSWORD
    const query = async (sql: string, values: readonly unknown[] = []) => {
      const client = new pg.Client(adminUrl)
      await client.connect()
      try {
        return (await client.query(sql, [...values])).rows
      } finally {
        await client.end()
      }
    }
    await query("update app.outbox set state = 'done' where state <> 'dead'")
    const own = openDatabase({ address: { kind: 'url', url: userUrl.href }, logger })
    const id = await storeLetter({ query }, { phone })
    await realWorker({
      database: own,
      carrierUrl: carrier.url,
      logger,
      onStep: async (step) => {
        if (step !== 'answered') return
        await server.stop()
        server = await startPostgres(options)
      },
    }).sweep(10)
    expect(await letterState({ query }, id)).toMatchObject({ state: 'sending', provider_sid: null })
    await finish(id, own, { query })
    expect(textsTo(phone)).toHaveLength(1)
    expect(await letterState({ query }, id)).toMatchObject({ provider_sid: textsTo(phone)[0]?.sid })
    await own.close()
  } finally {
    await server.stop()
    removePostgresData(join(folder, 'data'))
    rmSync(folder, { recursive: true, force: true })
  }
})
