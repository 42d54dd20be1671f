import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIGRATION_FILE } from '@sax/release'
import pg from 'pg'
import { layFoundation } from './foundation.ts'
import { MigrationError } from './migration-error.ts'

export interface MigrationFile {
  readonly name: string
  readonly sql: string
  /** Of its bytes, lower-case hexadecimal. */
  readonly sha256: string
}

export interface AppliedMigration {
  readonly name: string
  readonly sha256: string
}

/** One number for every process that migrates this product's databases. Advisory locks are per database. */
const LOCK = 7_261_386

/** A migration that waits longer for a table keeps everybody who comes after it waiting. */
const LOCK_TIMEOUT_MS = 5_000

/** The migrations of a folder, in the order of application. */
export function migrationFiles(folder: string): readonly MigrationFile[] {
  return readdirSync(folder)
    .filter((name) => MIGRATION_FILE.test(name))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

/** What was applied to a database, in order. Changes nothing, and an empty database is no error. */
export async function appliedMigrations(client: pg.Client): Promise<readonly AppliedMigration[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    "select to_regclass('app.migrations') is not null as there",
  )
  if (found[0]?.there !== true) return []
  const { rows } = await client.query<AppliedMigration>(
    'select name, sha256 from app.migrations order by applied_at, name',
  )
  return rows
}

/** Runs `work` when nobody else is changing the database, on its foundation. Several processes wait for one another. */
export async function inTurn<R>(client: pg.Client, work: () => Promise<R>): Promise<R> {
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    await layFoundation(client)
    return await work()
  } finally {
    // A connection that is gone has let go of it.
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
  }
}

/**
 * Applies those of `files` that `names` names and that were not applied before, in the order of the names, each whole
 * or not at all; answers which were. For `inTurn`.
 * @throws MigrationError: `unknown` for a name without a file, `changed` for a file that is no longer what was applied,
 *   `failed` for what PostgreSQL refused; what came before it stays applied.
 */
export async function applyMigrations(
  client: pg.Client,
  files: readonly MigrationFile[],
  names: readonly string[],
): Promise<readonly string[]> {
  const wanted = names.toSorted().map((name) => {
    const file = files.find((one) => one.name === name)
    if (file === undefined) throw new MigrationError('unknown', name)
    return file
  })
  const before = new Map((await appliedMigrations(client)).map(({ name, sha256 }) => [name, sha256]))
  const changed = files.find(({ name, sha256 }) => before.has(name) && before.get(name) !== sha256)
  if (changed !== undefined) throw new MigrationError('changed', changed.name)
  const applied: string[] = []
  for (const file of wanted) {
    if (before.has(file.name)) continue
    await apply(client, file)
    applied.push(file.name)
  }
  return applied
}

async function apply(client: pg.Client, { name, sql, sha256 }: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await client.query('set local role app_owner')
    await client.query(sql)
    await client.query('reset role')
    await client.query('insert into app.migrations (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the first error says more
    throw error instanceof pg.DatabaseError ? MigrationError.of(name, error) : error
  }
}
