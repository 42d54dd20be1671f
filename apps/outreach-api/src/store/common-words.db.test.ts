import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { contextOf, who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const { tenantId, practiceId } = who.coordinator
/** Beside the sample's: 340 active and 310 archived. Number 1 was written to last; 339 and 340 are the oldest active. */
const ACTIVE = 340
const ARCHIVED = 310

beforeAll(async () => {
  await site.db.query(
    `insert into app.conversations (id, tenant_id, practice_id, patient_phone, status, unread_count, last_message_seq,
       last_message_at, waiting_since, warn_at, due_at)
     select gen_random_uuid(), $1, $2, '+1999' || lpad(n::text, 7, '0'),
       case when n <= $3::int then 'active' else 'archived' end, case when n = 339 then 1 else 0 end, 1,
       now() - n * interval '1 minute', w.since, w.since, w.since
     from generate_series(1, $3::int + $4::int) n,
       lateral (select case when n = 340 then now() - interval '1 day' end as since) w`,
    [tenantId, practiceId, ACTIVE, ARCHIVED],
  )
  await site.db.query(
    `insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, provider_sid,
       created_at)
     select gen_random_uuid(), tenant_id, practice_id, id, 1, 'inbound',
       'Quokka' || case when patient_phone like '%7' then ' Numbat' else '' end, 'delivered',
       'SM' || replace(gen_random_uuid()::text, '-', ''), last_message_at
     from app.conversations where patient_phone like '+1999%'`,
  )
}, 60_000)

const search = async (words: string, more = '') =>
  (await site.api.as(who.coordinator, `/conversations?search=${words}&limit=200${more}`)).body

test('a word that is everywhere is found in the newest conversations of either status, and the answer says so', async () => {
  const { counts, searchCut } = await search('quokka')
  // The 300 newest of either status, and the two that are unread or waiting.
  expect(counts).toMatchObject({ all: 302, archived: 300, unread: 1, at_risk: 1 })
  expect(searchCut).toBe(true)
})

test('pages show exactly what was counted', async () => {
  const first = await search('quokka')
  const second = await search('quokka', `&cursor=${first.pagination.nextCursor}`)
  const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id)
  expect(second.pagination.hasMore).toBe(false)
  expect(new Set(ids).size).toBe(302)
})

test('who waits is found however old the conversation is', async () => {
  const { data } = await search('quokka', '&filter=at_risk&sort=waiting')
  expect(data.map(({ patientPhone }: { patientPhone: string }) => patientPhone)).toEqual(['+19990000340'])
})

test('a word that is everywhere together with another is found where both are in one message', async () => {
  const { counts, searchCut } = await search('quokka+numbat')
  // 7, 17, … 337 of 340; 347 … 647 of the archived.
  expect(counts).toMatchObject({ all: 34, archived: 31 })
  expect(searchCut).toBeUndefined()
})

test('a rare word is found everywhere, and another practice finds nothing of it', async () => {
  await site.db.query(
    `update app.messages set body = 'Pademelon'
     where tenant_id = $1 and conversation_id = (select id from app.conversations where patient_phone = '+19990000338')`,
    [tenantId],
  )
  const { counts, searchCut } = await search('pademelon')
  expect(counts.all).toBe(1)
  expect(searchCut).toBeUndefined()
  const elsewhere = contextOf(who.otherPracticesManager.saxId)
  expect((await site.api.as(elsewhere, '/conversations?search=pademelon')).body.counts.all).toBe(0)
  expect((await site.api.as(elsewhere, '/conversations?search=quokka')).body.counts.all).toBe(0)
  expect(
    (await site.api.as(who.administrator, `/conversations?search=quokka&practiceId=${practiceId}`)).body.counts.all,
  ).toBe(302)
  expect((await site.api.as(who.administrator, `/conversations?search=quokka&practiceId=${randomUUID()}`)).status).toBe(
    404,
  )
})
