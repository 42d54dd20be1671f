import { practiceList } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { contextOf, who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const harbor = '00000000-0000-0000-0000-000000000020'

// Of the sample data: a template and a patient of each place. Numbers follow the order of the lists.
const harborTemplate = '20000000-0000-4000-8000-000000000001'
const brendanTemplate = '20000000-0000-4000-8000-000000000011'
const northTemplate = '20000000-0000-4000-8000-000000000015'
const pugetTemplate = '20000000-0000-4000-8000-000000000019'
const westTemplate = '20000000-0000-4000-8000-000000000023'
const privateTemplateOf1387 = '20000000-0000-4000-8000-000000000028'
const harborPatient = '10000000-0000-4000-8000-000000000001'
const brendanPatient = '10000000-0000-4000-8000-000000000161'
const pugetPatient = '10000000-0000-4000-8000-000000000281'

const everybody = Object.entries(who)
/** Who reaches what. Tenants never mix; a practice's people reach their practice, administrators their tenant. */
const reach: Readonly<Record<string, readonly (keyof typeof who)[]>> = {
  [harborTemplate]: ['coordinator', 'otherCoordinator', 'manager', 'administrator'],
  [brendanTemplate]: ['otherPracticesManager', 'administrator'],
  [northTemplate]: ['coordinator', 'otherCoordinator', 'manager', 'otherPracticesManager', 'administrator'],
  [pugetTemplate]: ['otherTenantsCoordinator', 'otherTenantsManager', 'otherTenantsAdministrator'],
  [westTemplate]: ['otherTenantsCoordinator', 'otherTenantsManager', 'otherTenantsAdministrator'],
  [privateTemplateOf1387]: ['otherCoordinator'],
  [harborPatient]: ['coordinator', 'otherCoordinator', 'manager', 'administrator'],
  [brendanPatient]: ['otherPracticesManager', 'administrator'],
  [pugetPatient]: ['otherTenantsCoordinator', 'otherTenantsManager', 'otherTenantsAdministrator'],
}
const templateIds = [harborTemplate, brendanTemplate, northTemplate, pugetTemplate, westTemplate, privateTemplateOf1387]
const patientIds = [harborPatient, brendanPatient, pugetPatient]

test.each(everybody)(
  'S6: %s gets exactly the patients in reach, alone, in the list and in a message',
  async (name, person) => {
    const { body: list } = await site.api.as(person, '/patients?limit=200')
    const { body: rest } = await site.api.as(person, '/patients?limit=200&offset=200')
    const listed = new Set([...list.data, ...rest.data].map(({ id }: { id: string }) => id))
    const ownTemplate = person.tenantId.endsWith('1') ? northTemplate : westTemplate
    for (const id of patientIds) {
      const allowed = reach[id]?.includes(name as keyof typeof who) ?? false
      const one = await site.api.as(person, `/patients/${id}`)
      const rendered = await site.api.as(person, `/templates/${ownTemplate}/render`, {
        method: 'POST',
        body: { patientId: id },
      })
      expect([id, listed.has(id), one.status, rendered.status]).toEqual([
        id,
        allowed,
        allowed ? 200 : 404,
        allowed ? 200 : 404,
      ])
    }
  },
)

test.each(everybody)('S6: %s gets exactly the templates in reach, on every route', async (name, person) => {
  const { body: list } = await site.api.as(person, '/templates?limit=200')
  const listed = new Set(list.data.map(({ id }: { id: string }) => id))
  for (const id of templateIds) {
    const allowed = reach[id]?.includes(name as keyof typeof who) ?? false
    const statuses = [
      (await site.api.as(person, `/templates/${id}`)).status,
      (await site.api.as(person, `/templates/${id}/render`, { method: 'POST', body: {} })).status,
      (await site.api.as(person, `/templates/${id}/usage`, { method: 'POST' })).status,
    ]
    expect([id, listed.has(id), ...statuses]).toEqual([id, allowed, ...(allowed ? [200, 200, 200] : [404, 404, 404])])
    if (!allowed) {
      const change = await site.api.as(person, `/templates/${id}`, {
        method: 'PATCH',
        body: { version: 1, name: 'Stolen' },
      })
      const archive = await site.api.as(person, `/templates/${id}`, { method: 'DELETE' })
      expect([change.status, archive.status]).toEqual([404, 404])
    }
  }
})

test('S6: a category counts the templates that its list shows', async () => {
  for (const [, person] of everybody) {
    const { body } = await site.api.as(person, '/template-categories')
    for (const { slug, templateCount } of body.data) {
      const list = await site.api.as(person, `/templates?category=${slug}`)
      expect(list.body.pagination.total).toBe(templateCount)
    }
  }
})

test('C2: two tenants that ask the same URLs at the same time get each their own', async () => {
  const people = [who.coordinator, who.otherTenantsCoordinator]
  const asked = Array.from({ length: 60 }, (_, index) => people[index % 2] ?? who.coordinator)
  const answers = await Promise.all(asked.map((person) => site.api.as(person, '/patients?limit=5')))
  answers.forEach(({ body }, index) => {
    expect(body.data.every(({ tenantId }: { tenantId: string }) => tenantId === asked[index]?.tenantId)).toBe(true)
  })
})

test.each([
  [1386, [['Harbor Sleep Center', ['coordinator']]]],
  [
    1392,
    [
      ['Harbor Sleep Center', ['administrator']],
      ['Lakeview Respiratory & Sleep', ['administrator']],
      ["St. Brendan's Sleep Clinic", ['administrator']],
    ],
  ],
  [
    3500,
    [
      ['Lakeview Respiratory & Sleep', ['coordinator', 'manager']],
      ["St. Brendan's Sleep Clinic", ['coordinator']],
      ['Mesa Night Clinic', ['coordinator']],
    ],
  ],
])(
  'practices of %i are those of the memberships, of every tenant, with the roles held there',
  async (saxId, expected) => {
    const { body } = await site.api.as(contextOf(saxId), '/practices')
    expect(practiceList.parse(body).data.map(({ name, roles }) => [name, roles])).toEqual(expected)
  },
)

test('a person nobody knows has no practices, and may still see what the token names', async () => {
  const stranger = { ...who.coordinator, saxId: 9999, roles: [] }
  expect((await site.api.as(stranger, '/practices')).body).toEqual({
    data: [],
    pagination: { total: 0, limit: 1, offset: 0, hasMore: false },
  })
  const { body } = await site.api.as(stranger, '/patients?limit=1')
  expect(body.data[0].practiceId).toBe(harbor)
})
