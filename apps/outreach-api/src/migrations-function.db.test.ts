import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sax/logging'
import { migrationsAppliedAnswer, migrationsStatusAnswer, verificationPeople, verificationTenants } from '@sax/release'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { createTestApi } from '../test/api.ts'
import { createTestDatabase, migrations, type TestDatabase, USER_PASSWORD } from '../test/test-database.ts'
import { type Administrator, createMigrationsFunction } from './migrations-function.ts'
import { migrationFiles } from './store/migrations.ts'

const names = readdirSync(migrations).toSorted()
const [first = '', second = '', third = ''] = names
type Ask = (event: unknown) => Promise<unknown>

let db: TestDatabase
let folder: string
let lines: string[]

beforeEach(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'), { migrated: false })
  folder = mkdtempSync(join(tmpdir(), 'sax-migrations-'))
  cpSync(migrations, folder, { recursive: true })
  lines = []
})
afterEach(async () => {
  await db.drop()
  rmSync(folder, { recursive: true })
})

/** The function of a release, on this test's database. `stored`: what Secrets Manager has, one read after the other. */
function functionOf(stored: readonly Administrator[] = [owner()]): Ask {
  let reads = 0
  const current = async () => stored[Math.min(reads, stored.length) - 1] ?? owner()
  const administrator = {
    get: () => {
      reads ||= 1
      return current()
    },
    refresh: () => {
      reads += 1
      return current()
    },
  }
  const handler = createMigrationsFunction({
    administrator,
    addressOf: ({ username, password }) => {
      const own = new URL(db.adminUrl)
      own.username = username
      own.password = password
      return { kind: 'url', url: own.href }
    },
    files: migrationFiles(folder),
    logger: createLogger({ service: 'outreach-migrations', destination: { write: (line) => void lines.push(line) } }),
  })
  return (event) => handler(event, { awsRequestId: 'an-invocation' })
}

function owner(): Administrator {
  const { username, password } = new URL(inject('databaseAdminUrl'))
  return { username, password: decodeURIComponent(password) }
}

const status = async (ask: Ask) => migrationsStatusAnswer.parse(await ask({ sax: 'migrations-status' }))
const apply = async (ask: Ask, ...wanted: readonly string[]) =>
  migrationsAppliedAnswer.parse(await ask({ sax: 'migrations-apply', names: wanted }))

test('of an empty database everything is pending, and looking changes nothing', async () => {
  expect(await status(functionOf())).toEqual({ applied: [], pending: names })
  expect(await db.query("select from pg_namespace where nspname = 'app'")).toEqual([])
})

test('those that are named are applied in order, and others stay pending', async () => {
  const ask = functionOf()
  expect(await apply(ask, second, first)).toEqual({ applied: [first, second] })
  const after = await status(ask)
  expect(after.applied.map(({ name }) => name)).toEqual([first, second])
  expect(after.applied[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(after.pending[0]).toBe(third)
  expect(await apply(ask, first, second)).toEqual({ applied: [] })
})

test('all of them make the database that the application runs on', async () => {
  await apply(functionOf(), ...names)
  await db.query(`alter role app_user password '${USER_PASSWORD}'`)
  const own = new URL(db.adminUrl)
  own.username = 'app_user'
  own.password = USER_PASSWORD
  const api = createTestApi(own.href)
  expect((await api.plain('/health')).body.data).toMatchObject({ status: 'ok', migration: names.at(-1) })
  await api.close()
})

test('a name that the release does not have is refused before anything is done', async () => {
  await expect(apply(functionOf(), first, '0999_gone.sql')).rejects.toMatchObject({ code: 'unknown' })
  expect((await status(functionOf())).applied).toEqual([])
})

test('a migration that was applied and is no longer what it was is refused', async () => {
  await apply(functionOf(), first)
  writeFileSync(join(folder, first), 'select 1')
  await expect(apply(functionOf(), second)).rejects.toMatchObject({ code: 'changed' })
})

test('one that fails is undone whole; those before it stay, and the log quotes no data', async () => {
  writeFileSync(join(folder, second), "create table app.half (x int); select 'Ana Canary'::int;")
  await expect(apply(functionOf(), first, second, third)).rejects.toThrow(
    `${second} was refused by the database, and nothing of it was kept: SQLSTATE 22P02`,
  )
  expect((await status(functionOf())).applied.map(({ name }) => name)).toEqual([first])
  expect(await db.query("select to_regclass('app.half') as found")).toEqual([{ found: null }])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { service: 'outreach-migrations', requestId: 'an-invocation', code: 'failed', message: 'migrations failed' },
  ])
  expect(lines.join('')).not.toContain('Canary')
})

test('a migration does not wait for a table that somebody holds, for everybody would wait behind it', async () => {
  await apply(functionOf(), first)
  writeFileSync(join(folder, second), 'alter table app.tenants add column more int')
  const holder = new pg.Client(db.adminUrl)
  await holder.connect()
  try {
    await holder.query('begin; lock table app.tenants')
    await expect(apply(functionOf(), second)).rejects.toThrow('SQLSTATE 55P03')
  } finally {
    await holder.end()
  }
}, 20_000)

describe('the administrator', () => {
  test('whose password was rotated a moment ago is asked for again, once', async () => {
    const stale = { ...owner(), password: 'of-last-week' }
    expect((await status(functionOf([stale, owner()]))).pending).toEqual(names)
    await expect(status(functionOf([stale]))).rejects.toMatchObject({ code: '28P01' })
  })
})

describe('verification', () => {
  test('is prepared once, however often that is asked for, and its people see a template and no patient', async () => {
    const ask = functionOf()
    await apply(ask, ...names)
    for (let n = 0; n < 2; n += 1) expect(await ask({ sax: 'prepare-verification' })).toEqual({})
    expect(await db.query('select count(*)::int as n from app.tenants')).toEqual([{ n: 2 }])
    await db.query(`alter role app_user password '${USER_PASSWORD}'`)
    const own = new URL(db.adminUrl)
    own.username = 'app_user'
    own.password = USER_PASSWORD
    const api = createTestApi(own.href)
    for (const person of Object.values(verificationPeople)) {
      const context = { ...person, roles: [...person.roles] }
      const templates = await api.as(context, '/templates')
      expect(templates.body.data.map((one: { name: string }) => one.name)).toEqual(['Welcome Message'])
      expect((await api.as(context, '/patients')).body.data).toEqual([])
      const practice = verificationTenants.find(({ id }) => id === person.tenantId)?.practice
      expect((await api.as(context, '/practices')).body.data).toMatchObject([{ id: practice?.id }])
    }
    await api.close()
  })

  test('cannot be prepared before its tables are there', async () => {
    await expect(functionOf()({ sax: 'prepare-verification' })).rejects.toMatchObject({ code: '42P01' })
  })
})

test.each([
  ['an event of somebody else', { Records: [] }],
  ['an event that is not told right', { sax: 'migrations-apply', names: [] }],
  ['nothing', undefined],
])('%s is refused', async (_what, event) => {
  await expect(functionOf()(event)).rejects.toThrow(
    'migrations answer events of a release, and of the settings of tenants, and no others',
  )
})

test("the host's event is refused by name", async () => {
  await expect(functionOf()({ sax: 'verification-token', of: 'first' })).rejects.toThrow(
    'migrations do not answer verification-token',
  )
})
