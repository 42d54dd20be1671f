import { accessReport, conversationList } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
type Person = (typeof who)[keyof typeof who]

const maeve = '10000000-0000-4000-8000-000000000001'
const hers = '30000000-0000-4000-8000-000000000001'
const report = async (patientId: string, query = '') =>
  accessReport.parse((await site.api.as(who.manager, `/patients/${patientId}/access-report?limit=200${query}`)).body)
const seen = async (patientId: string) => (await report(patientId)).data.map(({ name, action }) => [name, action])

const looks: readonly (readonly [what: string, action: string, look: (person: Person) => Promise<unknown>])[] = [
  ['in the list', 'conversations.list', (person) => site.api.as(person, '/conversations?limit=200')],
  ['found by a search', 'conversations.search', (person) => site.api.as(person, '/conversations?search=obrien')],
  ['opened', 'conversations.read', (person) => site.api.as(person, `/conversations/${hers}`)],
  ['read upwards', 'messages.read', (person) => site.api.as(person, `/conversations/${hers}/messages?before=3`)],
  [
    'as one message',
    'messages.read',
    (person) => site.api.as(person, '/messages/40000000-0000-4000-8000-000000010002'),
  ],
  [
    'changed',
    'conversations.change',
    (person) => site.api.as(person, `/conversations/${hers}/read`, { method: 'POST', body: { seenSeq: 1 } }),
  ],
  [
    'by its number',
    'conversations.check_duplicate',
    (person) =>
      site.api.as(person, '/conversations/check-duplicate', { method: 'POST', body: { phone: '617 555 0101' } }),
  ],
  [
    'in the news',
    'conversations.news',
    async (person) => {
      const { body } = await site.api.as(person, '/conversations?limit=1&search=nobody-at-all')
      await arrive(site.db, hers, { at: new Date() })
      await site.db.settled()
      await site.api.as(person, `/changes?after=${conversationList.parse(body).changesCursor}`)
    },
  ],
]

test.each(looks)("a patient's conversation that is seen %s is in the report as %s", async (_what, action, look) => {
  const before = await seen(maeve)
  await look(who.otherCoordinator)
  const after = await seen(maeve)
  // Newest first; what was there before is followed by the report that read it.
  expect(after.slice(0, after.length - before.length)).toEqual([
    ["Siobhán O'Connor", action],
    ['Marcus Bell', 'patients.access_report'],
  ])
})

test('what was seen before anybody knew whose number it was is in the report as well', async () => {
  const unknown = '30000000-0000-4000-8000-000000000011'
  const patientId = '10000000-0000-4000-8000-000000000099'
  await site.api.as(who.coordinator, `/conversations/${unknown}`)
  expect(await seen(patientId)).toEqual([])
  await site.api.as(who.coordinator, `/conversations/${unknown}/patient`, {
    method: 'PATCH',
    body: { patientIds: [patientId], chosenId: patientId },
  })
  expect((await seen(patientId)).map(([, action]) => action)).toContain('conversations.read')
})

test('who takes a patient away from a conversation is in the report of that patient', async () => {
  const [patientId, other] = ['10000000-0000-4000-8000-000000000098', '10000000-0000-4000-8000-000000000097']
  const behind = (patientIds: readonly string[]) =>
    site.api.as(who.otherCoordinator, '/conversations/30000000-0000-4000-8000-000000000012/patient', {
      method: 'PATCH',
      body: { patientIds, chosenId: null },
    })
  const changes = async () => (await seen(patientId)).filter(([, action]) => action === 'conversations.change')
  await behind([patientId, other])
  const before = await changes()
  await behind([other])
  expect(await changes()).toEqual([["Siobhán O'Connor", 'conversations.change'], ...before])
})

test('the report is cut in pages and by time, and its total agrees', async () => {
  const whole = await report(maeve)
  expect(whole.data).toHaveLength(whole.pagination.total)
  const { body } = await site.api.as(who.manager, `/patients/${maeve}/access-report?limit=2&offset=1`)
  expect(body.pagination).toMatchObject({ limit: 2, offset: 1, hasMore: true })
  expect((await report(maeve, '&until=2020-01-01T00:00:00Z')).pagination.total).toBe(0)
  const times = whole.data.map(({ at }) => at)
  expect(times).toEqual([...times].sort().reverse())
})

test.each([
  ['0000-01-01T00:00:00Z', 400],
  ['0001-01-01T00:00:00Z', 200],
  ['9999-12-31T23:59:59.999999999Z', 200],
])('a report from %s on is answered %i', async (from, status) => {
  expect((await site.api.as(who.manager, `/patients/${maeve}/access-report?from=${from}&until=${from}`)).status).toBe(
    status,
  )
})

test.each([
  ['coordinator', 403],
  ['manager', 200],
  ['administrator', 200],
  ['otherPracticesManager', 404],
  ['otherTenantsAdministrator', 404],
] as const)('a %s who asks for it is answered %i', async (name, status) => {
  expect((await site.api.as(who[name], `/patients/${maeve}/access-report`)).status).toBe(status)
})

test('the look-up answers the asking tenant only', async () => {
  const rows = await site.api.database.inTenant(
    who.otherTenantsManager.tenantId,
    async (tx) => (await tx.execute(`select * from app.accesses_of('${maeve}')`)).rows,
  )
  expect(rows).toEqual([])
})
