import { randomUUID } from 'node:crypto'
import { changes, conversationList } from '@sax/api-contract'
import { beforeEach, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'
import type { MessageStatus } from '../domain/message-status.ts'
import { createReceivingStore } from '../store/receiving.ts'

const nowMs = Date.parse('2026-11-24T17:00:00Z')
const site = sampleApi({ epochMs: () => nowMs })

const used: string[] = []
let id: string
/** Another conversation for each test: one that may be texted, and that is not listed yet. */
beforeEach(async () => {
  const [next] = await site.db.query(
    `select id::text from app.conversations c where practice_id = $1 and status = 'active' and consent_state = 'subscribed'
       and not not_arrived and id <> all ($2)
       and not exists (select from app.messages m where m.conversation_id = c.id and m.status = 'failed') order by id`,
    [who.coordinator.practiceId, used],
  )
  id = String(next?.id)
  used.push(id)
})

const list = async (filter: string) =>
  conversationList.parse((await site.api.as(who.coordinator, `/conversations?filter=${filter}&limit=200`)).body)
/** Whether the conversation is listed, as the list, the row, the screen and the count have it. */
async function listed() {
  const { data, counts, pagination } = await list('not_sent')
  expect([counts.not_sent, pagination.total]).toEqual([data.length, data.length])
  const { conversation } = (await site.api.as(who.coordinator, `/conversations/${id}`)).body.data
  const isThere = data.some((row) => row.id === id)
  // The archive lists nothing else; what is true of a conversation stays so in it.
  expect(conversation.unsent && conversation.status === 'active').toBe(isThere)
  return isThere
}

/** A message that the carrier has. */
async function sent() {
  const answer = await site.api.as(who.coordinator, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'Hello there', seenSeq: 1_000 },
  })
  expect(answer.status).toBe(201)
  const messageId = String(answer.body.data.id)
  const sid = `SM${randomUUID().replaceAll('-', '')}`
  await tells(messageId, sid, 'sent')
  return { messageId, sid }
}
const tells = (messageId: string, sid: string, status: MessageStatus, errorCode?: number) =>
  createReceivingStore(site.api.database, { newId: randomUUID, nowMs: () => nowMs }).report({
    ...{ sid, messageId, progress: { status, errorCode } },
  })

test.each(['failed', 'undelivered'] as const)(
  'what the carrier took and then calls %s is listed, and lists hear of it',
  async (status) => {
    const { messageId, sid } = await sent()
    expect(await listed()).toBe(false)
    await site.db.settled()
    const { changesCursor } = await list('all')
    await tells(messageId, sid, status, 30003)
    expect(await listed()).toBe(true)
    await site.db.settled()
    const news = changes.parse((await site.api.as(who.coordinator, `/changes?after=${changesCursor}`)).body)
    expect(news.data.conversations).toMatchObject([{ id, unsent: true }])
  },
)

test.each<[what: string, act: (message: Awaited<ReturnType<typeof sent>>) => Promise<unknown>]>([
  ['the patient writes', () => arrive(site.db, id, { at: new Date(nowMs) })],
  ['another message is sent', () => sent()],
  ['it arrived after all', ({ messageId, sid }) => tells(messageId, sid, 'delivered')],
  [
    'the conversation is archived',
    () => site.api.as(who.coordinator, `/conversations/${id}`, { method: 'PATCH', body: { status: 'archived' } }),
  ],
])('it is not listed any more when %s', async (_what, act) => {
  const message = await sent()
  await tells(message.messageId, message.sid, 'undelivered', 30003)
  expect(await listed()).toBe(true)
  await act(message)
  expect(await listed()).toBe(false)
})

test('a failure that is told when something newer is there is no news', async () => {
  const { messageId, sid } = await sent()
  await arrive(site.db, id, { at: new Date(nowMs) })
  await tells(messageId, sid, 'undelivered', 30003)
  expect(await listed()).toBe(false)
})

test('one that was called off is a person’s own doing', async () => {
  const answer = await site.api.as(who.coordinator, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'Later', seenSeq: 1_000, scheduledFor: '2026-11-25T13:00:00.000Z' },
  })
  await site.api.as(who.coordinator, `/messages/${answer.body.data.id}/cancel`, { method: 'POST' })
  expect(await listed()).toBe(false)
})

test('the sample has them from the beginning', async () => {
  const { rows } = await site.api.database.inTenant(who.coordinator.tenantId, (tx) =>
    tx.execute(`select count(*)::int as n from app.conversations c join app.messages m on m.conversation_id = c.id
      and m.seq = c.last_message_seq
      where (m.direction = 'outbound' and m.status in ('failed', 'undelivered') and m.cancelled_at is null) <> c.not_arrived`),
  )
  expect(rows).toEqual([{ n: 0 }])
})
