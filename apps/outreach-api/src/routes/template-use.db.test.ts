import { renderedOne, templateList } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { contextOf, who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const welcome = '20000000-0000-4000-8000-000000000001'

const render = async (body: object, id = welcome, person = who.coordinator) =>
  renderedOne.parse((await site.api.as(person, `/templates/${id}/render`, { method: 'POST', body })).body).data

async function templateWith(content: string): Promise<string> {
  const body = { name: 'x', category: 'general', content, scope: 'private' }
  return (await site.api.as(who.coordinator, '/templates', { method: 'POST', body })).body.data.id
}

test('A10: a template is filled with the patient, the practice and who writes', async () => {
  expect(await render({ patientId: '10000000-0000-4000-8000-000000000002' })).toEqual({
    text: 'Hi José, this is Dana Whitfield from Harbor Sleep Center. Welcome! You can text me here with any question about your sleep care.',
    missing: [],
    encoding: 'GSM-7', // é is one of its letters
    segmentCount: 1,
    unitCount: 128,
  })
})

test('without a patient the names stay visible and are counted as missing', async () => {
  const { text, missing } = await render({})
  expect(text).toContain('Hi {{firstName}}, this is Dana Whitfield')
  expect(missing).toEqual(['firstName'])
})

test("an administrator's message to another practice's patient carries that practice's name", async () => {
  const { text } = await render({ patientId: '10000000-0000-4000-8000-000000000161' }, welcome, who.administrator)
  expect(text).toContain("from St. Brendan's Sleep Clinic")
})

test("an administrator's message to a number of another practice that nobody is known to have carries that practice's name", async () => {
  const brendan = '30000000-0000-4000-8000-000000000061'
  const { text, missing } = await render({ conversationId: brendan }, welcome, who.administrator)
  expect(text).toContain("from St. Brendan's Sleep Clinic")
  expect(missing).toEqual(['firstName'])
})

test('S6: nobody writes in the name of a practice out of reach', async () => {
  const body = { conversationId: '30000000-0000-4000-8000-000000000061' }
  const answer = await site.api.as(who.coordinator, `/templates/${welcome}/render`, { method: 'POST', body })
  expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND'])
})

test('A9: names come out as they were typed, and are never read as templates', async () => {
  const id = await templateWith('{{fullName}}')
  const named = async (patientId: string) => (await render({ patientId }, id)).text
  expect(await named('10000000-0000-4000-8000-000000000001')).toBe("Maeve O'Brien")
  expect(await named('10000000-0000-4000-8000-000000000007')).toBe('<b>x</b> Markup')
  expect(await named('10000000-0000-4000-8000-000000000016')).toBe('{{firstName}} Wildcard_100%')
})

test('A11: guard and renderer agree on what is missing', async () => {
  const id = await templateWith('{{ a }} {{b}} {{a}}')
  expect(await render({ values: { a: '1', b: ' ' } }, id)).toMatchObject({ text: '1 {{b}} 1', missing: ['b'] })
})

test('A12: 40 emoji are two UCS-2 segments', async () => {
  expect(await render({}, await templateWith('😀'.repeat(40)))).toEqual({
    text: '😀'.repeat(40),
    missing: [],
    encoding: 'UCS-2',
    segmentCount: 2,
    unitCount: 80,
  })
})

test('a use is counted for the person and for everybody, and makes a favourite', async () => {
  const id = await templateWith('new')
  const frequent = async () =>
    templateList.parse((await site.api.as(who.coordinator, '/templates/frequent?limit=50')).body).data
  expect((await frequent()).map((one) => one.id)).not.toContain(id)
  const uses = await Promise.all(
    Array.from({ length: 30 }, () => site.api.as(who.coordinator, `/templates/${id}/usage`, { method: 'POST' })),
  )
  expect(Math.max(...uses.map(({ body }) => body.data.myUsageCount))).toBe(30)
  const [favourite] = await frequent()
  expect(favourite).toMatchObject({ id, usageCount: 30, myUsageCount: 30, version: 1 })
})

test('favourites are my own, most used first, at most as many as asked for, and never archived', async () => {
  const manager = contextOf(1388)
  const ask = async (limit: number) =>
    templateList.parse((await site.api.as(manager, `/templates/frequent?limit=${limit}`)).body)
  const { data } = await ask(50)
  const counts = data.map(({ myUsageCount }) => myUsageCount)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  expect(Math.min(...counts)).toBeGreaterThan(0)
  const few = await ask(2)
  expect(few.data.map(({ id }) => id)).toEqual(data.slice(0, 2).map(({ id }) => id))
  expect(few.pagination).toEqual({ total: data.length, limit: 2, offset: 0, hasMore: true })
  const top = data.find(({ canEdit }) => canEdit)?.id ?? ''
  await site.api.as(manager, `/templates/${top}`, { method: 'DELETE' })
  expect((await ask(50)).data.map(({ id }) => id)).not.toContain(top)
})
