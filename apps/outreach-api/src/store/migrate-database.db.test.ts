import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, inject, test } from 'vitest'
import { createTestDatabase, migrate, migrations, type TestDatabase, USER_PASSWORD } from '../../test/test-database.ts'
import { migrateDatabase } from './migrate-database.ts'

const databases: TestDatabase[] = []
const folders: string[] = []

afterEach(async () => {
  for (const db of databases.splice(0)) await db.drop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function emptyDatabase(): Promise<TestDatabase> {
  const db = await createTestDatabase(inject('databaseAdminUrl'), { migrated: false })
  databases.push(db)
  return db
}

function folderOf(...files: readonly (readonly [name: string, sql: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sax-migrations-'))
  folders.push(folder)
  for (const [name, sql] of files) writeFileSync(join(folder, name), sql)
  return folder
}

const run = ({ adminUrl }: TestDatabase, folder: string) =>
  migrateDatabase({ adminUrl, appUserPassword: USER_PASSWORD, folder })

test('three runs at once apply each migration once', async () => {
  const db = await emptyDatabase()
  const applied = await Promise.all([migrate(db.adminUrl), migrate(db.adminUrl), migrate(db.adminUrl)])
  expect(applied.flat().sort()).toEqual(readdirSync(migrations).sort())
  expect(await db.query('select count(*)::int as n from app.migrations')).toEqual([
    { n: readdirSync(migrations).length },
  ])
})

test('a run waits for another database’s, which changes the same roles', async () => {
  const [db, folder] = [await emptyDatabase(), folderOf()]
  const other = new pg.Client(inject('databaseAdminUrl'))
  await other.connect()
  try {
    await other.query(`begin; alter role app_user password '${USER_PASSWORD}'`)
    const running = run(db, folder)
    const isWaiting =
      "select count(*) > 0 as waits from pg_stat_activity where datname = current_database() and query like 'alter role%' and wait_event_type = 'Lock'"
    await expect.poll(() => db.query(isWaiting)).toEqual([{ waits: true }])
    await other.query('commit')
    expect(await running).toEqual([])
  } finally {
    await other.end()
  }
})

test('a later run applies only what is new, in order of the names', async () => {
  const db = await emptyDatabase()
  const folder = folderOf(['0001_a.sql', 'create table app.a (x int)'])
  expect(await run(db, folder)).toEqual(['0001_a.sql'])
  writeFileSync(join(folder, '0003_c.sql'), 'alter table app.b add y int')
  writeFileSync(join(folder, '0002_b.sql'), 'create table app.b (x int)')
  expect(await run(db, folder)).toEqual(['0002_b.sql', '0003_c.sql'])
  expect(await run(db, folder)).toEqual([])
})

test('a migration that was changed after it had been applied is refused', async () => {
  const db = await emptyDatabase()
  const folder = folderOf()
  const [first = ''] = readdirSync(migrations).sort()
  copyFileSync(join(migrations, first), join(folder, first))
  await run(db, folder)
  writeFileSync(join(folder, first), 'select 1')
  await expect(run(db, folder)).rejects.toMatchObject({ code: 'changed' })
})

test('a migration that fails leaves nothing behind and is tried again', async () => {
  const db = await emptyDatabase()
  const folder = folderOf(['0001_a.sql', 'create table app.a (x int); select nonsense'])
  await expect(run(db, folder)).rejects.toThrow('nonsense')
  writeFileSync(join(folder, '0001_a.sql'), 'create table app.a (x int)')
  expect(await run(db, folder)).toEqual(['0001_a.sql'])
})

test('tables belong to app_owner, who cannot sign in', async () => {
  const db = await emptyDatabase()
  await migrate(db.adminUrl)
  expect(
    await db.query(
      "select distinct tableowner::text as owner from pg_tables where schemaname = 'app' and tablename <> 'migrations'",
    ),
  ).toEqual([{ owner: 'app_owner' }])
  expect(
    await db.query(
      "select rolname::text as name, rolcanlogin as login, rolsuper or rolbypassrls as mighty from pg_roles where rolname like 'app\\_%' order by 1",
    ),
  ).toEqual([
    { name: 'app_owner', login: false, mighty: false },
    { name: 'app_search', login: false, mighty: false },
    { name: 'app_user', login: true, mighty: false },
  ])
})
