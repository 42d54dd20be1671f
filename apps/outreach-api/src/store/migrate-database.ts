import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

export interface MigrationOptions {
  /** Connection string of an administrator of the database. */
  readonly adminUrl: string
  /** Password that `app_user`, the role the API signs in with, gets. */
  readonly appUserPassword: string
  /** Folder of the `NNNN_name.sql` files. */
  readonly folder: string
}

/** A migration that was applied before is no longer what it was. */
export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError'
  constructor(file: string) {
    super(`${file} was changed after it had been applied; migrations are append-only, write a new one`)
  }
}

/** One number for every process that migrates this product's databases. Advisory locks are per database. */
const LOCK = 7_261_386

/** Needs an administrator; everything else is done as the owner of the tables. Repeating it changes nothing. */
const FOUNDATION = `
do $$
declare
  wanted text;
begin
  foreach wanted in array array['app_owner nologin', 'app_search nologin', 'app_user login nosuperuser nobypassrls nocreaterole nocreatedb'] loop
    begin
      execute 'create role ' || wanted;
    exception when duplicate_object or unique_violation then null; -- another database's migration was first
    end;
  end loop;
end $$;
grant app_owner, app_search to current_user;
grant app_search to app_owner;
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;
create schema if not exists app authorization app_owner;
grant usage on schema app to app_user, app_search;
grant create on schema app to app_search;
create table if not exists app.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now());
`

/**
 * Brings the database to the newest migration and answers the names of those it applied, in order. Several processes
 * may do so at once: they wait for one another, and the later ones find nothing to do.
 * @throws MigrationChangedError, or what PostgreSQL said; a migration is applied whole or not at all.
 */
export async function migrateDatabase({
  adminUrl,
  appUserPassword,
  folder,
}: MigrationOptions): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined) // a lost connection also fails the query that is under way
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(FOUNDATION)
    await client.query(`alter role app_user password ${client.escapeLiteral(appUserPassword)}`)
    const applied: string[] = []
    for (const file of migrationFiles(folder)) if (await apply(client, folder, file)) applied.push(file)
    return applied
  } finally {
    await client.end() // also lets go of the lock
  }
}

function migrationFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
}

async function apply(client: pg.Client, folder: string, file: string): Promise<boolean> {
  const text = readFileSync(join(folder, file), 'utf8')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { rows } = await client.query<{ sha256: string }>('select sha256 from app.migrations where name = $1', [file])
  if (rows[0] !== undefined) {
    if (rows[0].sha256 !== sha256) throw new MigrationChangedError(file)
    return false
  }
  await client.query('begin')
  try {
    await client.query('set local role app_owner')
    await client.query(text)
    await client.query('reset role')
    await client.query('insert into app.migrations (name, sha256) values ($1, $2)', [file, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  return true
}
