import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import pg from 'pg'
import { openDatabase } from '../../src/store/database.ts'
import { createTestDatabase } from '../test-database.ts'
import type { Open, Spoilt } from './gated-database.ts'
import { HARBOR, TENANT } from './letters.ts'
import type { Row } from './memory-store.ts'
import { PostgresBooks } from './postgres-books.ts'
import { HARBOR_PHONE } from './received-text.ts'
import { type Ground, runScheduleOn } from './run-schedule.ts'
import type { Process } from './schedule.ts'

const logger = createLogger({ service: 'model', level: 'error', destination: { write: () => undefined } })
/** A Monday morning that is over: what compares with the database's own clock is found out. */
const START_MS = Date.UTC(2026, 5, 1, 14)
/** More than a schedule has processes: who waits for a connection is not seen to wait. */
const CONNECTIONS = 60
/**
 * A statement waits for its lock until the schedule has somebody let go of it. One that gave up by the clock would go on
 * beside whoever has the turn, and what commits first would no more be what the model hears of first.
 */
const FOR_EVER_MS = 60 * 60_000

/** A database in which one schedule after the other runs. */
export interface Lane {
  /** What went wrong in the schedule of a seed, or undefined. A lane in which something did is of no more use. */
  run(seed: number, tell?: (line: string) => void): Promise<string | undefined>
  close(): Promise<void>
}

export interface LaneOptions {
  readonly clusterUrl: string
  /** Mistakes in the words of statements. Default: none. */
  readonly spoilt?: Spoilt
  /** SQL that the administrator runs before: mistakes in the schema. */
  readonly prepare?: string
}

export async function openLane({ clusterUrl, spoilt = new Map(), prepare }: LaneOptions): Promise<Lane> {
  const db = await createTestDatabase(clusterUrl)
  await db.query('insert into app.tenants (id, name) values ($1, $2)', [TENANT, 'A tenant'])
  await db.query(
    "insert into app.practices (id, tenant_id, name, phone, time_zone) values ($1, $2, 'Harbor', $3, 'America/New_York')",
    [HARBOR, TENANT, HARBOR_PHONE],
  )
  await db.query('insert into app.senders (phone, tenant_id, practice_id) values ($1, $2, $3)', [
    HARBOR_PHONE,
    TENANT,
    HARBOR,
  ])
  if (prepare !== undefined) await db.query(prepare)
  const address = { kind: 'url', url: db.userUrl } as const
  const database = openDatabase({ address, logger, poolSize: CONNECTIONS, statementTimeoutMs: FOR_EVER_MS })
  const watcher = new pg.Client(db.adminUrl)
  watcher.on('error', () => undefined)
  await watcher.connect()
  let left = false
  const open: Open = { backends: new Map(), ended: 0 }
  const found = new WeakMap<Process, number>()
  const isHeldUp = async (process: Process) => {
    const backend = open.backends.get(process)
    if (backend === undefined) return false
    // Locks of all kinds are held to the end of a transaction.
    if (found.get(process) === open.ended) return true
    const { ended } = open
    const waits = 'select 1 from pg_locks where pid = $1 and not granted limit 1'
    const { rows } = await watcher.query({ name: 'waits', text: waits, values: [backend] })
    if (rows.length > 0) found.set(process, ended)
    return rows.length > 0
  }
  const end = async (backend: number) => {
    await watcher.query('select pg_terminate_backend($1, 5000)', [backend])
    open.ended += 1
  }

  const run = async (seed: number, tell?: (line: string) => void) => {
    const phones = [phoneOf(2 * seed), phoneOf(2 * seed + 1)] as const
    const conversations = new Map(phones.map((phone) => [phone, randomUUID()]))
    for (const [phone, id] of conversations) {
      await db.query(
        'insert into app.conversations (id, tenant_id, practice_id, patient_phone) values ($1, $2, $3, $4)',
        [id, TENANT, HARBOR, phone],
      )
    }
    let books: PostgresBooks | undefined
    const ground: Ground = {
      phones,
      startMs: START_MS,
      stretch: 2,
      sidOf: (kind, count) => sidOf(kind, seed, count),
      isHeldUp,
      open: (schedule, nowMs) => {
        books = new PostgresBooks({ database, schedule, nowMs, conversations, open, end, spoilt })
        return books
      },
      audit: async () => [
        ...(books?.differences ?? []),
        ...(await differences(db, books?.rows ?? new Map(), [...conversations.values()])),
        ...(await doubtDifferences(db, [...conversations.values()], books?.inDoubt ?? 0)),
        ...(await consentDifferences(db, phones, (phone) => books?.consentOf(phone))),
      ],
    }
    const wrong = await runScheduleOn(ground, seed, tell)
    left ||= wrong !== undefined
    return wrong
  }
  return {
    run,
    close: async () => {
      await watcher.end()
      // Whoever still stands in an open transaction would be waited for.
      if (!left) await database.close()
      await db.drop()
    },
  }
}

type Query = Pick<Awaited<ReturnType<typeof createTestDatabase>>, 'query'>

/** Where the database's messages and their places in the outbox are not as in the model. */
async function differences(db: Query, rows: ReadonlyMap<string, Row>, conversations: readonly string[]) {
  const found = await db.query(
    `select message.id, state, attempts, floor(extract(epoch from next_attempt_at) * 1000)::float8 as next_ms, claimed_by,
       status, error_code, provider_sid, cancelled_at is not null as called_off,
       floor(extract(epoch from scheduled_for) * 1000)::float8 as scheduled_ms
     from app.messages message left join app.outbox on message_id = message.id
     where direction = 'outbound' and conversation_id = any($1)`,
    [conversations],
  )
  const wrong = found.length === rows.size ? [] : [`${found.length} messages are stored, in the model ${rows.size}`]
  for (const { id, ...stored } of found) {
    const row = rows.get(String(id))
    const expected = row && {
      state: row.state,
      attempts: row.attempts,
      next_ms: row.nextMs,
      claimed_by: row.by ?? null,
      status: row.progress.status,
      error_code: row.progress.errorCode ?? null,
      provider_sid: row.sid ?? null,
      called_off: row.calledOff === true,
      scheduled_ms: row.scheduledForMs ?? null,
    }
    if (JSON.stringify(stored) !== JSON.stringify(expected))
      wrong.push(`stored is ${JSON.stringify(stored)}, in the model ${JSON.stringify(expected)}`)
  }
  return wrong
}

async function doubtDifferences(db: Query, conversations: readonly string[], expected: number) {
  const found = await db.query(
    `select 1 from app.starts_in_doubt doubt join app.messages message on message.id = doubt.message_id
     where message.conversation_id = any($1)`,
    [conversations],
  )
  return found.length === expected ? [] : [`${found.length} are in doubt, in the model ${expected}`]
}

async function consentDifferences(
  db: Query,
  phones: readonly string[],
  expectedOf: (phone: string) => string | undefined,
): Promise<readonly string[]> {
  const stored = await db.query('select phone, state from app.consent where phone = any($1)', [phones])
  return phones.flatMap((phone) => {
    const state = stored.find((one) => one.phone === phone)?.state ?? 'subscribed'
    return state === expectedOf(phone) ? [] : [`consent is ${state}, in the model ${expectedOf(phone)}`]
  })
}

function phoneOf(count: number): string {
  return `+1617${String(2_000_000 + count)}`
}

function sidOf(kind: 'out' | 'in', seed: number, count: number): string {
  return `${kind === 'out' ? 'SM' : 'MM'}${seed.toString(16).padStart(16, '0')}${count.toString(16).padStart(16, '0')}`
}
