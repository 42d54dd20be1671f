import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningPostgres, removePostgresData, startPostgres } from '@sax/local/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations, onDatabase } from '../../test/test-database.ts'
import { asAdministrator } from './administrator.ts'
import { applyMigrations, inTurn, migrationFiles } from './migrations.ts'
import { prepareVerification } from './prepare-verification.ts'

const folder = mkdtempSync(join(tmpdir(), 'sax-foundation-'))
let postgres: RunningPostgres
let superuser: pg.Client
let administratorUrl: string

/**
 * A cluster on which nobody ever was, with an administrator as RDS makes one: who may make roles, databases and
 * extensions that are trusted, and is no superuser.
 * @source Amazon RDS User Guide, "Master user account privileges" and "Creating a database account using IAM authentication"
 */
beforeAll(async () => {
  postgres = await startPostgres({ dataDir: join(folder, 'data'), port: 21_960, password: 'only-for-tests' })
  superuser = new pg.Client(postgres.url())
  await superuser.connect()
  await superuser.query(`create role rds_iam nologin`)
  await superuser.query(`create role administrator login createrole createdb password 'of-the-test-only'`)
  await superuser.query(`grant rds_iam to administrator with admin option, inherit false, set false`)
  await superuser.query(`create database site owner administrator`)
  const url = new URL(onDatabase(postgres.url(), 'site'))
  url.username = 'administrator'
  url.password = 'of-the-test-only'
  administratorUrl = url.href
}, 60_000)
afterAll(async () => {
  await superuser.end()
  await postgres.stop()
  removePostgresData(join(folder, 'data'))
  rmSync(folder, { recursive: true, force: true })
})

const names = readdirSync(migrations).toSorted()
const migrate = () =>
  asAdministrator({ kind: 'url', url: administratorUrl }, (client) =>
    inTurn(client, async () => {
      const applied = await applyMigrations(client, migrationFiles(migrations), names)
      await prepareVerification(client)
      return applied
    }),
  )
const found = async (sql: string) => (await superuser.query(sql)).rows

test("an administrator like RDS's lays the foundation, applies everything and prepares verification, twice", async () => {
  expect(await migrate()).toEqual(names)
  expect(await migrate()).toEqual([])
})

test('app_user signs in by IAM, and the administrator is no member of it, which would end its own password', async () => {
  expect(await found("select pg_has_role('app_user', 'rds_iam', 'member') as lets_in")).toEqual([{ lets_in: true }])
  expect(await found("select pg_has_role('administrator', 'app_user', 'member') as member")).toEqual([
    { member: false },
  ])
  expect(await found("select rolname from pg_roles where rolname = 'app_maker'")).toEqual([])
})

test('what a connection through a proxy cannot ask for is a setting of the role', async () => {
  expect(
    await found(
      "select unnest(setconfig) as set from pg_db_role_setting where setrole = 'app_user'::regrole order by 1",
    ),
  ).toEqual([{ set: 'idle_in_transaction_session_timeout=15000' }, { set: 'statement_timeout=5000' }])
})
