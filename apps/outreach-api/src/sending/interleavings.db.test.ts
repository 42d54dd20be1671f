import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningPostgres, removePostgresData, startPostgres } from '@sax/local/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schedulesOnPostgres } from '../../test/env.ts'
import { type LaneOptions, openLane } from '../../test/sending/postgres-lane.ts'
import { migrate, onDatabase, TEMPLATE } from '../../test/test-database.ts'

const SCHEDULES = schedulesOnPostgres() ?? 150
/** Databases in which schedules run beside one another. */
const LANES = 4
/** Every mistake is found within as many. */
const ENOUGH = 400

let folder: string
let server: RunningPostgres
// A server of its own: its transactions stay open, and would hold back the news that other files wait for.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sax-schedules-'))
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '700' }
  server = await startPostgres({ dataDir: join(folder, 'data'), port: 23_800, password: 'only-for-tests', settings })
  const admin = new pg.Client(server.url())
  await admin.connect()
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrate(onDatabase(server.url(), TEMPLATE))
})
afterAll(async () => {
  await server?.stop()
  if (folder === undefined) return
  removePostgresData(join(folder, 'data'))
  rmSync(folder, { recursive: true, force: true })
})

test(`A1: in ${SCHEDULES} orders of statements PostgreSQL ends as the model does: nothing is lost, sent twice, or sent after STOP`, {
  timeout: 3 * 60 * 60_000,
}, async () => {
  const wrong: string[] = []
  let seed = 0
  const lane = async () => {
    const { run, close } = await openLane({ clusterUrl: server.url() })
    while (seed < SCHEDULES && wrong.length === 0) {
      seed += 1
      const found = await run(seed)
      if (found !== undefined) wrong.push(found)
    }
    await close()
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  // As words: a list would be told as "Array(1)" where tests end, and a schedule is found again by what it says.
  expect(wrong.join('\n')).toBe('')
})

/** What stands in a statement, and what a careless hand would have written. */
const spoil = (...words: readonly (readonly [from: string, to: string])[]) => ({ spoilt: new Map(words) })

test.each<[mistake: string, lane: Omit<LaneOptions, 'clusterUrl'>, owed: RegExp]>([
  [
    'a sender does not hold the number',
    spoil(['app.hold_phone_shared(', 'length(']),
    /had said stop|stop was accepted/,
  ],
  ['STOP does not hold the number', spoil(['app.hold_phone_alone(', 'length(']), /had said stop|stop was accepted/],
  ['a claim locks no row', spoil([' for update skip locked', '']), /called off|told otherwise/],
  ['a claim of somebody else is taken', spoil(['claimed_until is null or ', 'true or ']), /claim: /],
  [
    'reports do not wait for one another',
    spoil(["and direction = 'outbound' for update", "and direction = 'outbound'"]),
    /ended as|stored is/,
  ],
  [
    'a client id may be there twice',
    {
      ...spoil([' and client_id = ', ' and null::uuid = ']),
      prepare: 'alter table app.messages drop constraint messages_tenant_id_client_id_key',
    },
    /messages are stored/,
  ],
  [
    'START counts as it is told',
    spoil(["and said.source in ('keyword', 'free_text')", "and said.source = 'carrier'"]),
    /STOP was the last word|consent is/,
  ],
  [
    'what a worker left behind is sent again',
    spoil(["set state = 'unknown', next_attempt_at", "set state = 'waiting', next_attempt_at"]),
    /claim: send/,
  ],
])('a store with the mistake "%s" is found out', { timeout: 300_000 }, async (_mistake, options, owed) => {
  let found: string | undefined
  let seed = 0
  while (seed < ENOUGH && !owed.test(found ?? '')) {
    // After a schedule in which something went wrong others would find what it left behind.
    const { run, close } = await openLane({ clusterUrl: server.url(), ...options })
    found = undefined
    while (seed < ENOUGH && found === undefined) {
      seed += 1
      found = await run(seed)
    }
    await close()
  }
  expect(found).toMatch(owed)
})
