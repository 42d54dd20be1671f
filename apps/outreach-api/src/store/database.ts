import { errorFields, type Logger } from '@sax/logging'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { ANSWER_TIMEOUT_MS, answered } from './answered.ts'
import { type DatabaseAddress, poolConfigOf } from './database-address.ts'
import { preparing } from './prepared-statements.ts'
import { isLostConnection, StoreError, storeErrorOf } from './store-error.ts'

const NEWEST_MIGRATION = {
  text: 'select max(name) as newest from app.migrations',
  query_timeout: ANSWER_TIMEOUT_MS,
}

/** A transaction in which somebody is known to ask. Every function of the store takes one. */
export type Transaction = NodePgDatabase

export interface Database {
  /** Runs `work` in one transaction that sees the rows of this tenant and no others. */
  inTenant<R>(tenantId: string, work: (tx: Transaction) => Promise<R>): Promise<R>
  /** Runs `work` in one transaction that sees no rows: for look-ups that say whose something is. */
  inNoTenant<R>(work: (tx: Transaction) => Promise<R>): Promise<R>
  /** Runs `work` in one transaction that sees a person's own memberships, in every tenant, and nothing else. */
  asMember<R>(saxId: number, work: (tx: Transaction) => Promise<R>): Promise<R>
  /** Whether the database answers now, and which migration is its newest. */
  look(): Promise<DatabaseState>
  close(): Promise<void>
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
}

/**
 * The database behind the API. Connects when first asked and again by itself after a failure.
 * Everything it returns throws `StoreError` when the database does not answer.
 */
export function openDatabase({ address, logger, poolSize = 10 }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...poolConfigOf(address),
    max: poolSize,
    keepAlive: true,
    application_name: 'outreach-api',
  })
  pool.on('error', (error) => logger.warn('idle database connection lost', errorFields(error)))
  // A connection that breaks while it is lent out, between two statements, tells only itself; unheard it ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))

  const within = async <R>(setting: string, value: string, work: (tx: Transaction) => Promise<R>): Promise<R> => {
    const client = await begin(pool, setting, value)
    let broken = false
    try {
      const result = await work(transactionOn(client))
      await answered(client, { text: 'commit' })
      return result
    } catch (error) {
      const meaning = storeErrorOf(error)
      broken = meaning instanceof StoreError && meaning.code === 'unavailable'
      if (!broken) {
        await answered(client, { text: 'rollback' }).catch(() => {
          broken = true
        })
      }
      throw meaning
    } finally {
      client.release(broken)
    }
  }

  return {
    inTenant: (tenantId, work) => within('app.tenant_id', tenantId, work),
    inNoTenant: (work) => within('app.tenant_id', '', work),
    asMember: (saxId, work) => within('app.member_sax_id', String(saxId), work),
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

/**
 * A connection with an open transaction. `begin` and its settings travel together: one round trip instead of three. The
 * role is set each time, so that the policies bind whoever the connection string names, a superuser included. A
 * pooled connection may have died unnoticed; nothing has been done on it yet, so another one is tried, once.
 *
 * Behind RDS Proxy a statement that sets anything ties this connection to one of the database's until it ends. That is
 * borne: a sandbox has two at most, and what the proxy is there for, connections that outlive sandboxes, it still does.
 * @source Amazon Aurora User Guide, "Avoiding pinning an RDS Proxy"
 */
async function begin(pool: pg.Pool, setting: string, value: string, attempts = 2): Promise<pg.PoolClient> {
  const client = await pool.connect().catch((error: unknown) => {
    throw storeErrorOf(error)
  })
  try {
    await answered(client, {
      text: `begin; set local role app_user; select set_config('${setting}', ${client.escapeLiteral(value)}, true)`,
    })
    return client
  } catch (error) {
    client.release(true)
    if (attempts > 1 && isLostConnection(error)) return begin(pool, setting, value, attempts - 1)
    throw storeErrorOf(error)
  }
}

const transactions = new WeakMap<pg.PoolClient, Transaction>()

/** One Drizzle per connection, not per transaction: making one costs more than a small query. */
function transactionOn(client: pg.PoolClient): Transaction {
  const known = transactions.get(client)
  if (known) return known
  const made = drizzle({ client: preparing(client) })
  transactions.set(client, made)
  return made
}
