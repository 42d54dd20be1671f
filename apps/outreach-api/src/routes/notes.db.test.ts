import { conversationScreen } from '@sax/api-contract'
import { beforeAll, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const { coordinator } = who
const [full, nearly] = ['30000000-0000-4000-8000-000000000001', '30000000-0000-4000-8000-000000000002']

/** Notes as long as one can be, of characters that JSON writes as six: 24,002 bytes each. 83 are under two million, 84 over. */
beforeAll(async () => {
  await site.db.query(
    `insert into app.notes (id, tenant_id, practice_id, conversation_id, author_sax_id, body, created_at)
     select gen_random_uuid(), $1, $2, place.id, $3, repeat(chr(1), 4000), now()
     from (values ($4::uuid, 84), ($5::uuid, 83)) place (id, notes), lateral generate_series(1, place.notes)`,
    [coordinator.tenantId, coordinator.practiceId, coordinator.saxId, full, nearly],
  )
})

const post = (path: string, body: object) =>
  site.api.as(coordinator, `/conversations/${path}`, { method: 'POST', body })

test('a conversation takes notes as long as its screen can show them, and can be opened then too', async () => {
  const last = `${'\u0001'.repeat(3999)}.`
  expect((await post(`${nearly}/notes`, { body: last })).status).toBe(201)
  expect((await post(`${nearly}/notes`, { body: 'One more' })).status).toBe(422)
  const { status, body, bytes } = await site.api.as(coordinator, `/conversations/${nearly}`)
  expect(status).toBe(200)
  expect(conversationScreen.parse(body).data.notes.at(-1)?.body).toBe(last)
  expect(bytes.byteLength).toBeLessThan(3_000_000)
})

test('a note beyond is refused with the reason, also on a hand-over, which goes on without one', async () => {
  const { body } = await post(`${full}/notes`, { body: 'One more' })
  expect(body).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('no room for another note') })
  const { coordinatorSaxId } = (await site.api.as(coordinator, `/conversations/${full}`)).body.data.conversation
  const handed = { saxId: 1387, expectedSaxId: coordinatorSaxId }
  expect((await post(`${full}/assign`, { ...handed, note: 'One more' })).status).toBe(422)
  expect((await post(`${full}/assign`, handed)).body.data.coordinatorSaxId).toBe(1387)
})
