import { errorFields, type Logger } from '@sax/logging'
import type { SQL } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { PgDialect } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { ANSWER_TIMEOUT_MS, answered, answerTimeoutOf } from './answered.ts'
import { type DatabaseAddress, poolConfigOf, STATEMENT_TIMEOUT_MS } from './database-address.ts'
import { preparing } from './prepared-statements.ts'
import { isLostConnection, StoreError, storeErrorOf } from './store-error.ts'

const NEWEST_MIGRATION = {
  text: 'select max(name) as newest from app.migrations',
  query_timeout: ANSWER_TIMEOUT_MS,
}

/** @source PostgreSQL manual, "Query Planning", plan_cache_mode */
const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan' }

/** A transaction in which somebody is known to ask. Every function of the store takes one. */
export type Transaction = NodePgDatabase

export interface Database {
  /** Runs `work` in one transaction that sees the rows of this tenant and no others. */
  inTenant<R>(tenantId: string, work: (tx: Transaction) => Promise<R>, options?: TransactionOptions): Promise<R>
  /** Rows of one statement that belongs to no tenant, mostly one that says whose something is. Takes one turn. */
  outsideTenants<Row extends Record<string, unknown>>(statement: SQL): Promise<readonly Row[]>
  /** Runs `work` in one transaction that sees a person's own memberships, in every tenant, and nothing else. */
  asMember<R>(saxId: number, work: (tx: Transaction) => Promise<R>): Promise<R>
  /** Whether the database answers now, and which migration is its newest. */
  look(): Promise<DatabaseState>
  close(): Promise<void>
}

export interface TransactionOptions {
  /**
   * How statements are planned. `by_values`, the default: PostgreSQL decides each time whether a plan for any values is
   * good enough. `once`: it always is; for statements that are written so that it is, and that cost more to plan than to
   * run.
   */
  readonly planned?: 'by_values' | 'once'
}

export type DatabaseState =
  | { readonly kind: 'unavailable' }
  /** `migration`: name of the newest one; undefined where this is not told yet. */
  | { readonly kind: 'answers'; readonly migration: string | undefined }

export interface DatabaseOptions {
  readonly address: DatabaseAddress
  readonly logger: Logger
  /** Most connections at once. Default 10. */
  readonly poolSize?: number
  /**
   * Longest that a statement may take; three times as long may a transaction have nothing to do. Default: 5 s. Through a
   * proxy the role's limits hold, and this is only how long an answer is waited for.
   */
  readonly statementTimeoutMs?: number
}

/**
 * The database behind the API. Connects when first asked and again by itself after a failure.
 * Everything it returns throws `StoreError` when the database does not answer.
 */
export function openDatabase({
  address,
  logger,
  poolSize = 10,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
}: DatabaseOptions): Database {
  const answerTimeoutMs = answerTimeoutOf(statementTimeoutMs)
  const pool = new pg.Pool({
    ...poolConfigOf(address, statementTimeoutMs),
    max: poolSize,
    keepAlive: true,
    application_name: 'outreach-api',
    pipeline: true,
  })
  pool.on('error', (error) => logger.warn('idle database connection lost', errorFields(error)))
  // A connection that breaks while it is lent out, between two statements, tells only itself; unheard it ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))

  /**
   * A pooled connection may have died unnoticed. Then nothing has been done on it, and everything is done again on
   * another one, once.
   */
  const within = async <R>(
    settings: Settings,
    work: (tx: Transaction) => Promise<R>,
    attempts: 1 | 2 = 2,
  ): Promise<R> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw storeErrorOf(error)
    })
    const tx = transactionOn(client, answerTimeoutMs)
    const opening = begin(client, settings)
    opening.catch(() => undefined)
    const answers = [opening]
    awaited.set(client.connection, answers)
    let broken = false
    try {
      const result = await work(tx)
      answers.push(commit(client, answerTimeoutMs))
      await allOf(answers)
      return result
    } catch (thrown) {
      // What was on its way without being waited for failed first, and the rest for that alone.
      const error = (await firstFailure(answers)) ?? thrown
      const lost = await opening.then(() => false, isLostConnection)
      const meaning = storeErrorOf(error)
      broken = lost || (meaning instanceof StoreError && meaning.code === 'unavailable')
      if (lost && attempts === 2) return within(settings, work, 1)
      if (!broken) {
        await answered(client, { text: 'rollback' }, answerTimeoutMs).catch(() => {
          broken = true
        })
      }
      throw meaning
    } finally {
      awaited.delete(client.connection)
      client.release(broken)
    }
  }

  return {
    inTenant: (tenantId, work, { planned } = {}) =>
      within({ 'app.tenant_id': tenantId, ...(planned === 'once' ? PLANNED_ONCE : {}) }, work),
    outsideTenants: async <Row extends Record<string, unknown>>(statement: SQL) => {
      let answer: Promise<pg.QueryResult<Row>> | undefined
      await within({ 'app.tenant_id': '' }, async (tx) => {
        answer = withCommit<Row>(tx, statement)
      })
      return (await answer)?.rows ?? []
    },
    asMember: (saxId, work) => within({ 'app.member_sax_id': String(saxId) }, work),
    look: () =>
      pool.query<{ newest: string | null }>(NEWEST_MIGRATION).then(
        ({ rows }) => ({ kind: 'answers', migration: rows[0]?.newest ?? undefined }),
        (error: unknown) => (mayNotLook(error) ? { kind: 'answers', migration: undefined } : { kind: 'unavailable' }),
      ),
    close: () => pool.end(),
  }
}

/** A database whose migrations were last run by a release from before anybody but the administrator could look. */
function mayNotLook(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['42501', '42P01', '3F000'].includes(error.code ?? '')
}

type Settings = Readonly<Record<string, string>>

/**
 * Begins a transaction, and does not wait for the answer: what is asked first leaves together with it. Should it fail,
 * what follows fails too, for a transaction that could not be set up does nothing more. The role is set each time, so
 * that the policies bind whoever the connection string names, a superuser included.
 *
 * Behind RDS Proxy a statement that sets anything ties this connection to one of the database's until it ends. That is
 * borne: a sandbox has two at most, and what the proxy is there for, connections that outlive sandboxes, it still does.
 * @source Amazon Aurora User Guide, "Avoiding pinning an RDS Proxy"
 */
function begin(client: pg.PoolClient, settings: Settings): Promise<unknown> {
  const set = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${client.escapeLiteral(value)}, true)`,
  )
  inOneWrite(client)
  return answered(client, { text: `begin; set local role app_user; select ${set.join(', ')}` })
}

/** @throws Error when the database took everything back, which it says without calling it an error */
async function commit(client: pg.PoolClient, answerTimeoutMs: number): Promise<void> {
  const { command } = await answered(client, { text: 'commit' }, answerTimeoutMs)
  if (command !== 'COMMIT') throw new Error(`a transaction ended with ${command}`)
}

/** Whatever is asked of the connection now, and in what follows without waiting, leaves in one write. */
function inOneWrite(client: pg.PoolClient): void {
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Waits for each, so that nothing is under way any more. @throws what the first of them to fail was rejected with */
async function allOf(answers: readonly Promise<unknown>[]): Promise<void> {
  const failure = await firstFailure(answers)
  if (failure !== undefined) throw failure
}

async function firstFailure(answers: readonly Promise<unknown>[]): Promise<unknown> {
  const settled = await Promise.allSettled(answers)
  return settled.find((one) => one.status === 'rejected')?.reason
}

const kept = new WeakMap<pg.PoolClient, Transaction>()

/** One Drizzle per connection, not per transaction: making one costs more than a small query. */
function transactionOn(client: pg.PoolClient, answerTimeoutMs: number): Transaction {
  const known = kept.get(client)
  if (known) return known
  const made = drizzle({ client: preparing(client, answerTimeoutMs) })
  kept.set(client, made)
  return made
}

/** By the connection: what its open transaction waits for before it has come to its end. */
const awaited = new WeakMap<object, Promise<unknown>[]>()
const dialect = new PgDialect()

/**
 * Runs a statement whose answer nothing in its transaction depends on. When it is the last one, it leaves together with
 * the commit. The transaction fails with it, whether or not anybody looks at the answer: texts, numbers and truth values
 * are as PostgreSQL has them, times are `Date`s.
 */
export function withCommit<Row extends Record<string, unknown>>(
  tx: Transaction,
  statement: SQL,
): Promise<pg.QueryResult<Row>> {
  const { $client: client } = tx as Transaction & { readonly $client: pg.PoolClient }
  const answers = awaited.get(client.connection)
  if (answers === undefined) throw new Error('no transaction is open')
  const { sql: text, params } = dialect.sqlToQuery(statement)
  inOneWrite(client)
  const answer = client.query<Row>({ text }, params)
  answer.catch(() => undefined)
  answers.push(answer)
  return answer
}
