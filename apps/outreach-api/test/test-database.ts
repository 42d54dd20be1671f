import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import { migrateDatabase } from '../src/store/migrate-database.ts'

export const TEMPLATE = 'sax_test_template'
export const USER_PASSWORD = 'app-user-of-the-tests'
export const migrations = join(import.meta.dirname, '..', 'migrations')

/** A database of one test file's own. */
export interface TestDatabase {
  readonly adminUrl: string
  /** Signs in as `app_user`. */
  readonly userUrl: string
  /** A query as administrator, whom no policy binds. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
  /** Waits until the feed of changes tells what is committed by now. It holds back what is younger than the oldest
   * transaction of the whole server, and other test files have theirs there: creating a database is one. */
  settled(): Promise<void>
  drop(): Promise<void>
}

/** A fresh database; `migrated: false` leaves it empty. */
export async function createTestDatabase(clusterUrl: string, { migrated = true } = {}): Promise<TestDatabase> {
  const name = `sax_test_${randomBytes(6).toString('hex')}`
  await once(clusterUrl, `create database ${name}${migrated ? ` template ${TEMPLATE}` : ''}`)
  const adminUrl = onDatabase(clusterUrl, name)
  const pool = new pg.Pool({ connectionString: adminUrl, max: 4 })
  pool.on('error', () => undefined) // the database is dropped under idle connections
  const query = async (sql: string, values: readonly unknown[] = []) => (await pool.query(sql, [...values])).rows
  return {
    adminUrl,
    userUrl: asUser(adminUrl),
    query,
    settled: async () => {
      const [{ latest }] = await query('select pg_current_xact_id()::text as latest')
      const isTold = 'select $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as told'
      await expect.poll(() => query(isTold, [latest]), { interval: 10, timeout: 20_000 }).toEqual([{ told: true }])
    },
    drop: async () => {
      await pool.end()
      await once(clusterUrl, `drop database ${name} with (force)`)
    },
  }
}

export function migrate(adminUrl: string): Promise<readonly string[]> {
  return migrateDatabase({ adminUrl, appUserPassword: USER_PASSWORD, folder: migrations })
}

export function onDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function asUser(adminUrl: string): string {
  const url = new URL(adminUrl)
  url.username = 'app_user'
  url.password = USER_PASSWORD
  return url.href
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}
