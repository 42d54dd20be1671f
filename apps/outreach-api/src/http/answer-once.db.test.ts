import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { forgetOldAnswers } from '../store/idempotency.ts'

const site = sampleApi()
const body = { name: 'Once', category: 'general', content: 'Hello', scope: 'private' }

const create = (key: string, change: object = {}, person = who.coordinator) =>
  site.api.as(person, '/templates', {
    method: 'POST',
    body: { ...body, ...change },
    headers: { 'idempotency-key': key },
  })
const stored = async (name: string) =>
  (await site.db.query('select id from app.templates where name = $1', [name])).length

test('a repeated request gets the first answer and does nothing again', async () => {
  const first = await create('key-1', { name: 'Repeated' })
  const again = await create('key-1', { name: 'Repeated' })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.text).toBe(first.text)
  expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  expect(await stored('Repeated')).toBe(1)
})

test('of twenty at once one creates, all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => create('key-2', { name: 'Raced' })))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(201)
  expect(await stored('Raced')).toBe(1)
})

test('one key for two different requests is answered 422', async () => {
  await create('key-3', { name: 'First' })
  const second = await create('key-3', { name: 'Second' })
  expect(second.status).toBe(422)
  expect(second.body.code).toBe('VALIDATION_ERROR')
  expect(await stored('Second')).toBe(0)
})

test('one key for two templates counts a use of the first alone', async () => {
  const ids = (await Promise.all(['Left', 'Right'].map((name) => create(`made-${name}`, { name })))).map(
    ({ body: made }) => made.data.id,
  )
  const answers = []
  for (const id of ids) {
    const headers = { 'idempotency-key': 'use-of-either' }
    answers.push(await site.api.as(who.coordinator, `/templates/${id}/usage`, { method: 'POST', headers }))
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 422])
})

test("keys are a person's own: a colleague and another tenant may use the same", async () => {
  const names = ['Mine', "A colleague's", "A stranger's"]
  const people = [who.coordinator, who.otherCoordinator, who.otherTenantsCoordinator]
  const answers = await Promise.all(people.map((person, index) => create('key-4', { name: names[index] }, person)))
  expect(answers.map(({ status, body: answer }) => [status, answer.data.name])).toEqual(
    names.map((name) => [201, name]),
  )
})

test('a request that was refused leaves its key free', async () => {
  expect((await create('key-5', { category: 'gossip' })).status).toBe(400)
  expect((await create('key-5')).status).toBe(201)
})

test('a use is counted once per key', async () => {
  const { id } = (await create('key-6')).body.data
  const use = (key: string) =>
    site.api.as(who.coordinator, `/templates/${id}/usage`, { method: 'POST', headers: { 'idempotency-key': key } })
  const counts = [await use('use-1'), await use('use-1'), await use('use-2')].map((one) => one.body.data.myUsageCount)
  expect(counts).toEqual([1, 1, 2])
})

test('after a day a key is forgotten', async () => {
  await create('key-7', { name: 'Yesterday' })
  await site.db.query("update app.idempotency_keys set created_at = now() - interval '25 hours' where key = 'key-7'")
  expect((await create('key-7', { name: 'Today' })).body.data.name).toBe('Today')
})

test('a new key sweeps out what the person sent a day ago, and nobody else\u2019s', async () => {
  const old = () =>
    site.db.query("select key from app.idempotency_keys where created_at < now() - interval '24 hours' order by key")
  await create('old-1', { name: 'Old 1' })
  await create('old-2', { name: 'Old 2' })
  await create('old-3', { name: 'Old 3' }, who.otherCoordinator)
  await site.db.query("update app.idempotency_keys set created_at = now() - interval '25 hours' where key like 'old-%'")
  await Promise.all(['new-1', 'new-2', 'new-3', 'old-1'].map((key) => create(key, { name: key })))
  expect(await old()).toEqual([{ key: 'old-3' }])
})

test('who sends no key again is forgotten after a day too, in every tenant, and nobody before', async () => {
  const sweep = (limit: number) => forgetOldAnswers(site.api.database, { nowMs: Date.now(), limit })
  const kept = async () =>
    (await site.db.query("select key from app.idempotency_keys where key like 'last-%' order by key")).map(
      ({ key }) => key,
    )
  await site.db.query("delete from app.idempotency_keys where key not like 'last-%'")
  for (const [tenant, key, hours] of [
    [1, 'last-1', 25],
    [1, 'last-2', 25],
    [1, 'last-3', 23],
    [2, 'last-4', 25],
  ] as const) {
    await site.db.query(
      `insert into app.idempotency_keys (tenant_id, sax_id, key, fingerprint, body, created_at)
       values ($1, 7, $2, 'f', '{}', now() - $3 * interval '1 hour')`,
      [`00000000-0000-0000-0000-00000000000${tenant}`, key, hours],
    )
  }
  expect(await sweep(1)).toBe(1)
  expect(await sweep(20)).toBe(2)
  expect(await kept()).toEqual(['last-3'])
  expect(await sweep(20)).toBe(0)
})

test.each(['', ' ', 'x'.repeat(201), 'ümlaut'])('a key %j is refused or not sent', async (key) => {
  const answer = await create(key)
  expect([answer.status, answer.body.details]).toEqual([
    400,
    { fields: { 'idempotency-key': 'Use 1 to 200 printable characters' } },
  ])
})
