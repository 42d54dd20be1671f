import { createLogger } from '@sax/logging'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleApi } from '../../test/sample-api.ts'
import { openDatabase } from './database.ts'

const site = sampleApi()
const north = '00000000-0000-0000-0000-000000000001'
const west = '00000000-0000-0000-0000-000000000002'
const everyTable = [
  'audit_log',
  'consent',
  'consent_ledger',
  'conversation_patients',
  'conversations',
  'holidays',
  'idempotency_keys',
  'inbound_receipts',
  'message_media',
  'messages',
  'mood_jobs',
  'notes',
  'opening_hours',
  'outbox',
  'patients',
  'people',
  'practices',
  'presence',
  'roles',
  'senders',
  'starts_in_doubt',
  'template_categories',
  'template_usage',
  'templates',
  'tenants',
  'texts_set_aside',
  'uploads',
]
/** Which `app_user` may only add to. */
const writtenOnly = ['audit_log', 'texts_set_aside']

let user: pg.Client
beforeAll(async () => {
  user = new pg.Client(site.db.userUrl)
  await user.connect()
})
afterAll(() => user.end())

/** Rows that `app_user` gets with these settings in a transaction that is undone afterwards. */
async function asUser(settings: Readonly<Record<string, string>>, sql: string): Promise<pg.QueryResult> {
  await user.query('begin')
  try {
    for (const [name, value] of Object.entries(settings))
      await user.query('select set_config($1, $2, true)', [name, value])
    return await user.query(sql)
  } finally {
    await user.query('rollback')
  }
}

const countOf = async (settings: Readonly<Record<string, string>>, table: string) =>
  Number((await asUser(settings, `select count(*) from app.${table}`)).rows[0].count)

test('every table has row-level security, forced, with a policy', async () => {
  const tables = await site.db.query(`
    select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity as forced,
           exists (select from pg_policy p where p.polrelid = c.oid) as has_policy
    from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
    order by 1`)
  expect(tables).toEqual(everyTable.map((name) => ({ name, forced: true, has_policy: true })))
})

test('every table with a tenant_id has a policy that demands the tenant, for reading and writing', async () => {
  const missing = await site.db.query(`
    select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and a.attname = 'tenant_id'
      and not exists (
        select from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname and p.cmd = 'ALL'
          and p.qual like '%tenant_id = ( SELECT app.tenant()%' and p.with_check like '%tenant_id = ( SELECT app.tenant()%')`)
  expect(missing).toEqual([])
})

test.each(everyTable.filter((table) => !writtenOnly.includes(table)))('without a tenant %s is empty', async (table) => {
  expect(await countOf({}, table)).toBe(0)
  // A transaction that set the tenant leaves '' behind, not NULL.
  await user.query(`begin; select set_config('app.tenant_id', '${north}', true); commit`)
  expect(await countOf({}, table)).toBe(0)
})

test.each([
  ['patients', 280, 120],
  ['practices', 3, 2],
  ['tenants', 1, 1],
  ['people', 8, 5],
  ['templates', 23, 7],
])('%s: each tenant sees its own', async (table, northCount, westCount) => {
  expect(await countOf({ 'app.tenant_id': north }, table)).toBe(northCount)
  expect(await countOf({ 'app.tenant_id': west }, table)).toBe(westCount)
})

test("another tenant's rows cannot be written, changed, moved or taken", async () => {
  const asNorth = { 'app.tenant_id': north }
  const insert = `insert into app.patients (id, tenant_id, practice_id, first_name, last_name, date_of_birth, time_zone, preferred_language)
    values (gen_random_uuid(), '${west}', '00000000-0000-0000-0000-000000000030', 'a', 'b', '2000-01-01', 'UTC', 'en')`
  await expect(asUser(asNorth, insert)).rejects.toThrow('row-level security')
  await expect(asUser(asNorth, `update app.templates set tenant_id = '${west}'`)).rejects.toThrow('row-level security')
  const stolen = await asUser(asNorth, `update app.patients set first_name = 'x' where tenant_id = '${west}'`)
  expect(stolen.rowCount).toBe(0)
})

test('a member without a tenant sees their own roles, practices and tenants, and no other row of any table', async () => {
  const robin = { 'app.member_sax_id': '3500' }
  const counts: Record<string, number> = {}
  for (const table of everyTable.filter((name) => !writtenOnly.includes(name)))
    counts[table] = await countOf(robin, table)
  const seen = { people: 1, practices: 3, roles: 4, tenants: 2 }
  expect(counts).toEqual({ ...Object.fromEntries(Object.keys(counts).map((table) => [table, 0])), ...seen })
})

test('a membership allows no writing', async () => {
  const robin = { 'app.member_sax_id': '3500' }
  await expect(asUser(robin, "update app.roles set role = 'administrator'")).rejects.toThrow('permission denied')
  await expect(asUser(robin, 'delete from app.roles')).rejects.toThrow('permission denied')
})

test('the audit log is written and neither read, changed nor shortened', async () => {
  const asNorth = { 'app.tenant_id': north }
  for (const sql of [
    'select * from app.audit_log',
    'update app.audit_log set sax_id = 1',
    'delete from app.audit_log',
  ]) {
    await expect(asUser(asNorth, sql)).rejects.toThrow('permission denied')
  }
})

test('what is set aside is added to in no name of a tenant, and read, changed or taken by nobody', async () => {
  for (const sql of [
    'select * from app.texts_set_aside',
    "update app.texts_set_aside set body = ''",
    'delete from app.texts_set_aside',
  ]) {
    await expect(asUser({}, sql)).rejects.toThrow('permission denied')
  }
  const add = `insert into app.texts_set_aside values ('SM${'5'.repeat(32)}', 'MG', '+1', '+1', '', 1, '[]', null, now())`
  expect((await asUser({}, add)).rowCount).toBe(1)
  await expect(asUser({ 'app.tenant_id': north }, add)).rejects.toThrow('row-level security')
})

test('the search look-up answers ids of the asking tenant only', async () => {
  const look = "select found as id from app.patients_matching('%a%', '{}') as found"
  const found = await asUser({ 'app.tenant_id': west }, look)
  const ofWest = await site.db.query(
    `select id from app.patients where tenant_id = '${west}' and search_text like '%a%'`,
  )
  expect(found.rows.map(({ id }) => id).sort()).toEqual(ofWest.map(({ id }) => id).sort())
  expect(ofWest.length).toBeGreaterThan(20)
  expect((await asUser({}, look)).rowCount).toBe(0)
})

test('what runs with the rights of its owner is open to app_user alone, or to who sets up practices, and looks at no path of the caller', async () => {
  const definers = await site.db.query(`
    select proname::text as name, array_to_string(proacl, ' ') as rights, array_to_string(proconfig, ' ') as settings,
           pg_get_userbyid(proowner)::text as owner
    from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    order by 1`)
  const asked = 'app_search=X/app_search app_user=X/app_search'
  const definer = (name: string, rights: string, more = '') => ({
    name,
    rights,
    settings: `search_path=pg_catalog, pg_temp${more}`,
    owner: 'app_search',
  })
  expect(definers).toEqual([
    definer('accesses_of', asked),
    definer('apply_consent', 'app_search=X/app_search'), // runs as a trigger, and nobody may call it
    definer('conversations_found', asked, ' plan_cache_mode=force_custom_plan'),
    definer('conversations_matching', asked),
    definer('due_media', asked),
    definer('due_moods', asked),
    definer('due_sends', asked),
    definer('due_starts', asked),
    definer('numbers_wanted', 'app_search=X/app_search app_owner=X/app_search'),
    definer('patients_matching', asked),
    definer('place_of_text', asked),
    definer('receiver_of', asked),
    definer('take_text_set_aside', asked),
    definer('tenant_of_media', asked),
    definer('tenant_of_message', asked),
    definer('tenants_of_answers', asked),
    definer('tenants_of_pool', asked),
    definer('texts_to_place', asked),
    definer('uploads_not_sent', asked),
  ])
})

test('app_user cannot become anybody else, nor switch the policies off', async () => {
  for (const sql of ['set role app_owner', 'set role app_search', 'set role postgres']) {
    await expect(asUser({}, sql)).rejects.toThrow('permission denied')
  }
  await expect(asUser({ row_security: 'off' }, 'select * from app.patients')).rejects.toThrow('row-level security')
})

test('signed in as a superuser by mistake, the API still sees one tenant and cannot delete', async () => {
  const mighty = openDatabase({
    address: { kind: 'url', url: site.db.adminUrl },
    logger: createLogger({ service: 'test', level: 'error' }),
  })
  try {
    const count = (sql: string) => mighty.inTenant(west, async (tx) => (await tx.execute(sql)).rows)
    expect(await count('select count(*)::int as n from app.patients')).toEqual([{ n: 120 }])
    expect(await mighty.asMember(3500, async (tx) => (await tx.execute('select id from app.patients')).rows)).toEqual(
      [],
    )
    await expect(count('delete from app.patients')).rejects.toThrow('permission denied')
  } finally {
    await mighty.close()
  }
})

test('400 transactions of two tenants over ten connections never see one another', async () => {
  const { database } = site.api
  const counts = await Promise.all(
    Array.from({ length: 400 }, (_, index) =>
      database.inTenant(index % 2 ? west : north, async (tx) => {
        const { rows } = await tx.execute('select tenant_id, count(*)::int as n from app.patients group by 1')
        return rows
      }),
    ),
  )
  const expected = [[{ tenant_id: north, n: 280 }], [{ tenant_id: west, n: 120 }]]
  expect(counts.every((rows, index) => JSON.stringify(rows) === JSON.stringify(expected[index % 2]))).toBe(true)
})
