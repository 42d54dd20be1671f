import { tenantSettings } from '@sax/release'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { inTurn } from './migrations.ts'
import { readNumbers, readTenantSettings, writeTenantSettings } from './tenant-settings.ts'

const TENANT = '00000000-0000-0000-0000-0000000000a1'
const HARBOR = '00000000-0000-0000-0000-0000000000b1'
const LAKE = '00000000-0000-0000-0000-0000000000b2'

const file = {
  tenant: { id: TENANT, name: 'Northshore Sleep Partners' },
  practices: [
    {
      id: HARBOR,
      name: "St. Brendan's",
      phone: '+16175550100',
      timeZone: 'America/New_York',
      senders: [{ phone: '+16175550101', messagingServiceSid: `MG${'0'.repeat(32)}` }, { phone: '+16175550100' }],
      responseTargetMin: 15,
      quietHours: { from: '20:30', until: '07:00' },
      openingHours: [
        { weekdays: [2, 1, 1], opens: '08:00', closes: '12:00' },
        { weekdays: [1], opens: '13:00', closes: '24:00' },
      ],
      holidays: ['2026-12-25', '2026-12-24'],
    },
    { id: LAKE, name: 'Lakeview', phone: '+13125550100', timeZone: 'America/Chicago' },
  ],
  people: [
    { saxId: 7, name: 'José 李', email: 'jose@example.com', roles: [{ role: 'coordinator', practice: HARBOR }] },
    { saxId: 3, name: 'Ruth', email: 'ruth@example.com', roles: [{ role: 'administrator' }] },
  ],
}
const settings = tenantSettings.parse(file)
const [harbor, lake] = settings.practices
const [jose, ruth] = settings.people
if (!harbor || !lake || !jose || !ruth) throw new Error('the file names two of each')

let db: TestDatabase
let client: pg.Client
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  client = new pg.Client({ connectionString: db.adminUrl })
  client.on('error', () => undefined) // the database is dropped under it when a test was broken off
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await db.drop()
})
beforeEach(() => db.query('truncate app.tenants, app.practices, app.people cascade'))

const write = (wanted: unknown, plan?: string) =>
  inTurn(client, () => writeTenantSettings(client, tenantSettings.parse(wanted), plan))
const read = () => inTurn(client, () => readTenantSettings(client, TENANT))

/** Looks, agrees, writes. What came of it, as `change what`. */
async function made(wanted: unknown): Promise<readonly string[]> {
  const planned = await write(wanted)
  if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned))
  const done = await write(wanted, planned.plan)
  if (done.kind !== 'written') throw new Error(JSON.stringify(done))
  expect(done.changes).toEqual(planned.changes)
  return done.changes.map(({ change, what }) => `${change} ${what}`)
}

test('a tenant is made whole, is what its settings say, and the same file again changes nothing', async () => {
  expect(await made(file)).toEqual([
    'add tenant Northshore Sleep Partners',
    "add practice St. Brendan's",
    "add St. Brendan's texts from +16175550100",
    "add St. Brendan's texts from +16175550101",
    "add opening hours of St. Brendan's",
    "add holidays of St. Brendan's",
    'add practice Lakeview',
    'add template categories',
    'add person 3',
    'add person 7',
    'add person 3: administrator everywhere',
    "add person 7: coordinator in St. Brendan's",
  ])
  const after = await read()
  expect(after?.practices[0]).toEqual({
    ...harbor,
    senders: [{ phone: '+16175550100' }, { phone: '+16175550101', messagingServiceSid: `MG${'0'.repeat(32)}` }],
    openingHours: [
      { weekdays: [1, 2], opens: '08:00', closes: '12:00' },
      { weekdays: [1], opens: '13:00', closes: '24:00' },
    ],
    holidays: ['2026-12-24', '2026-12-25'],
  })
  expect(after?.practices[1]).toMatchObject({ responseTargetMin: 10, responseWarningMin: 7, openingHours: [] })
  expect(after?.people.map(({ saxId }) => saxId)).toEqual([3, 7])
  expect(after?.templateCategories.map(({ slug }) => slug)).toContain('welcome')
  expect(await made(file)).toEqual([])
  expect(await made(after)).toEqual([])
})

test('only looking changes nothing', async () => {
  expect(await write(file)).toMatchObject({ kind: 'planned' })
  expect(await read()).toBeUndefined()
})

test('what is changed, added and gone is told one by one, and done', async () => {
  await made(file)
  const changes = await made({
    ...settings,
    practices: [
      { ...harbor, senders: [{ phone: '+16175550101' }], responseTargetMin: 20, holidays: [] },
      { ...lake, senders: [{ phone: '+16175550100' }] },
    ],
    people: [
      { ...jose, roles: [{ role: 'manager', practice: HARBOR }] },
      { ...ruth, email: 'ruth.a@example.com' },
    ],
  })
  expect(changes).toEqual([
    "change practice St. Brendan's",
    "change St. Brendan's texts from +16175550101",
    "remove St. Brendan's texts from +16175550100",
    "remove holidays of St. Brendan's",
    'add Lakeview texts from +16175550100',
    'change person 3',
    "add person 7: manager in St. Brendan's",
    "remove person 7: coordinator in St. Brendan's",
  ])
  const after = await read()
  expect(after?.practices[1]?.senders).toEqual([{ phone: '+16175550100' }])
  expect(after?.people[1]?.roles).toEqual([{ role: 'manager', practice: HARBOR }])
})

test('who is not in the file any more loses every role there, and stays known', async () => {
  await made(file)
  expect(await made({ ...settings, people: [ruth] })).toEqual(["remove person 7: coordinator in St. Brendan's"])
  expect(await db.query('select name from app.people where sax_id = 7')).toEqual([{ name: 'José 李' }])
})

test('a practice and a category are never removed', async () => {
  await made(file)
  const less = { ...settings, practices: [harbor], people: [], templateCategories: [{ slug: 'other', name: 'Other' }] }
  const refused = await write(less)
  expect(refused).toMatchObject({
    kind: 'refused',
    reasons: expect.arrayContaining([expect.stringContaining('Lakeview')]),
  })
  expect(refused.kind === 'refused' && refused.reasons).toHaveLength(8)
})

test('what belongs to another tenant is refused, without saying whose it is', async () => {
  await made(file)
  const other = {
    tenant: { id: '00000000-0000-0000-0000-0000000000a2', name: 'Other' },
    practices: [{ ...lake, senders: [{ phone: '+16175550101' }] }],
  }
  expect(await write(other)).toEqual({
    kind: 'refused',
    reasons: ['Another tenant texts from +16175550101.', `The practice ${LAKE} belongs to another tenant.`],
  })
})

test('a plan that somebody else has overtaken is not carried out', async () => {
  await made(file)
  const wanted = { ...settings, people: [ruth] }
  const planned = await write(wanted)
  if (planned.kind !== 'planned') throw new Error('it was to be planned')
  await made({ ...settings, people: [{ ...ruth, name: 'Ruth Abramson' }, jose] })
  expect(await write(wanted, planned.plan)).toMatchObject({
    kind: 'refused',
    reasons: [expect.stringMatching(/since/)],
  })
  expect((await read())?.people).toHaveLength(2)
})

test('two who set up one tenant at once come one after the other, and the second is told', async () => {
  const planned = await write(file)
  if (planned.kind !== 'planned') throw new Error('it was to be planned')
  const second = new pg.Client({ connectionString: db.adminUrl })
  await second.connect()
  const outcomes = await Promise.all([
    write(file, planned.plan),
    inTurn(second, () => writeTenantSettings(second, settings, planned.plan)),
  ])
  await second.end()
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['refused', 'written'])
})

test('numbers are read with whose they are, and those that texts wait for without a word of them', async () => {
  await made(file)
  await db.query(
    `insert into app.texts_set_aside (provider_sid, messaging_service_sid, to_phone, from_phone, body, segment_count, media, received_at)
     values ($1, $2, '+16175550109', '+16175550199', 'Hello', 1, '[]', '2026-11-29T10:00:00Z')`,
    [`SM${'0'.repeat(32)}`, `MG${'0'.repeat(32)}`],
  )
  expect(await inTurn(client, () => readNumbers(client))).toEqual({
    numbers: [
      {
        ...{ phone: '+16175550100', tenant: 'Northshore Sleep Partners', practice: "St. Brendan's" },
        messagingServiceSid: null,
      },
      {
        ...{ phone: '+16175550101', tenant: 'Northshore Sleep Partners', practice: "St. Brendan's" },
        messagingServiceSid: `MG${'0'.repeat(32)}`,
      },
    ],
    wanted: [{ phone: '+16175550109', texts: 1, since: '2026-11-29T10:00:00.000Z' }],
  })
})
