import { patientList, patientOne } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()

const search = async (text: string, person = who.coordinator) => {
  const { body } = await site.api.as(person, `/patients?${new URLSearchParams({ search: text })}`)
  return patientList.parse(body)
}
const fullNames = async (text: string) =>
  (await search(text)).data.map(({ firstName, lastName }) => `${firstName} ${lastName}`)

test.each([
  ["O'Brien", "Maeve O'Brien"],
  ['O’Brien', "Maeve O'Brien"],
  ['obrien', "Maeve O'Brien"],
  ["o'brien maeve", "Maeve O'Brien"],
  ['MAEVE OBRIEN', "Maeve O'Brien"],
  ['jose nunez', 'José Núñez'],
  ['Jose\u0301 Nu\u0301n\u0303ez', 'José Núñez'],
  ['núñez', 'José Núñez'],
  ['st john-smith', 'Walter St. John-Smith Jr.'],
  ['john smith jr walter', 'Walter St. John-Smith Jr.'],
  ['李', '伟 李'],
  ['الأحمد', 'محمد الأحمد'],
  ['לוי נועה', 'נועה לוי'],
  ['<b>x</b>', '<b>x</b> Markup'],
  ['wildcard_100%', '{{firstName}} Wildcard_100%'],
  ["Robert'); DROP", "Robert'); DROP TABLE patients;-- Tables"],
  ['lukasz zolkiewski', 'Łukasz Żółkiewski'],
  ['featherstonehaugh', 'Wolfeschlegelsteinhausen Bergerdorffwelchevoralternwaren-Featherstonehaugh'],
  ['иванова ольга', 'Ольга Иванова'],
])('A9: searching %j finds %s, as typed', async (text, name) => {
  expect(await fullNames(text)).toContain(name)
})

test('wildcards are letters like any other', async () => {
  expect(await fullNames('%')).toEqual(['{{firstName}} Wildcard_100%'])
  expect(await fullNames('_')).toEqual(['{{firstName}} Wildcard_100%'])
  expect(await fullNames('\\')).toEqual([])
})

test.each(['+16175550104', '(617) 555-0104', '617.555.0104', '1 617 555 0104'])(
  'a telephone number written %s finds its patient',
  async (text) => {
    expect(await fullNames(text)).toEqual(['伟 李'])
  },
)

test('the local part of a number finds it in every area code', async () => {
  expect((await search('555-0104')).data.map(({ phone }) => phone).sort()).toEqual(['+16175550104', '+17815550104'])
})

test('a date of birth finds those born on it, together with a name only those of the name', async () => {
  const [brien] = (await search('obrien')).data
  const born = brien?.dateOfBirth ?? ''
  expect((await search(born)).data.map(({ dateOfBirth }) => dateOfBirth)).toContain(born)
  expect(await fullNames(`${born} obrien`)).toEqual(["Maeve O'Brien"])
  expect(await fullNames('1900-01-01 obrien')).toEqual([])
})

test('A13: pages hold each patient once, in order, and the total is the number of rows', async () => {
  const seen: string[] = []
  for (let offset = 0; ; offset += 50) {
    const page = patientList.parse((await site.api.as(who.coordinator, `/patients?limit=50&offset=${offset}`)).body)
    expect(page.pagination).toEqual({ total: 160, limit: 50, offset, hasMore: offset + 50 < 160 })
    seen.push(...page.data.map(({ id }) => id))
    if (!page.pagination.hasMore) break
  }
  expect(seen).toHaveLength(160)
  expect(new Set(seen).size).toBe(160)
})

test('A13: behind the last page the total is still right', async () => {
  const { body } = await site.api.as(who.coordinator, '/patients?limit=10&offset=500')
  expect(body).toEqual({ data: [], pagination: { total: 160, limit: 10, offset: 500, hasMore: false } })
})

test('names are in order of last name, whatever the accents', async () => {
  const { data } = patientList.parse((await site.api.as(who.coordinator, '/patients?limit=200')).body)
  const plain = data.map(({ lastName }) => lastName).filter((name) => /^[A-Z][a-z]+$/.test(name))
  expect(plain).toEqual([...plain].sort())
  expect(plain.length).toBeGreaterThan(80)
})

test('one patient is answered whole', async () => {
  const { status, body } = await site.api.as(who.coordinator, '/patients/10000000-0000-4000-8000-000000000002')
  expect(status).toBe(200)
  expect(patientOne.parse(body).data).toMatchObject({ firstName: 'José', lastName: 'Núñez', phone: '+16175550102' })
})

const audited = (requestId: string) =>
  site.db.query(
    'select sax_id::int, tenant_id, practice_id, action, patient_ids, at from app.audit_log where request_id = $1',
    [requestId],
  )
const dana = {
  sax_id: 1386,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  at: expect.any(Date),
}
const nunez = '10000000-0000-4000-8000-000000000002'

test.each<[string, string, string, object | undefined, readonly string[]]>([
  ['patients.read', 'GET', `/patients/${nunez}`, undefined, [nunez]],
  ['patients.search', 'GET', '/patients?search=jose%20nunez', undefined, [nunez]],
  ['patients.search', 'GET', '/patients?search=nobody-has-this-name', undefined, []],
  ['templates.render', 'POST', '/templates/20000000-0000-4000-8000-000000000001/render', { patientId: nunez }, [nunez]],
])(
  '%s (%s %s) is in the audit log: who, what, whom, when, by which request',
  async (action, method, path, body, ids) => {
    const requestId = crypto.randomUUID()
    await site.api.as(who.coordinator, path, {
      method,
      ...(body ? { body } : {}),
      headers: { 'x-request-id': requestId },
    })
    expect(await audited(requestId)).toEqual([{ ...dana, action, patient_ids: ids }])
  },
)

test('a list is audited with the ids it answered', async () => {
  const requestId = crypto.randomUUID()
  const answer = await site.api.as(who.coordinator, '/patients?limit=3', { headers: { 'x-request-id': requestId } })
  const ids = answer.body.data.map(({ id }: { id: string }) => id)
  expect(await audited(requestId)).toEqual([{ ...dana, action: 'patients.list', patient_ids: ids }])
})

test('what was refused or names no patient leaves no entry', async () => {
  const requestId = crypto.randomUUID()
  const headers = { 'x-request-id': requestId }
  await site.api.as(who.coordinator, '/patients/10000000-0000-4000-8000-000000000399', { headers })
  await site.api.as(who.coordinator, '/templates/20000000-0000-4000-8000-000000000001/render', {
    method: 'POST',
    body: {},
    headers,
  })
  expect(await audited(requestId)).toEqual([])
})

test('the audit log holds no text but actions and request ids', async () => {
  const columns = await site.db.query(
    "select column_name::text as name, data_type::text as type from information_schema.columns where table_schema = 'app' and table_name = 'audit_log' and data_type = 'text' order by 1",
  )
  expect(columns.map(({ name }) => name)).toEqual(['action', 'request_id'])
})
