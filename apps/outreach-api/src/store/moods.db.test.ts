import { randomBytes, randomUUID } from 'node:crypto'
import { conversationList } from '@sax/api-contract'
import { beforeAll, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { HARBOR, newPhone } from '../../test/sending/letters.ts'
import { createMoodStore } from './moods.ts'
import { createReceivingStore } from './receiving.ts'

const site = sampleApi()
const HARBOR_PHONE = '+16175550100'
beforeAll(() => site.db.query('update app.senders set phone = $1 where practice_id = $2', [HARBOR_PHONE, HARBOR]))

async function arrive(body: string, { readMoods = true, from = newPhone() } = {}) {
  const sid = `SM${randomBytes(16).toString('hex')}`
  const store = createReceivingStore(site.api.database, { newId: randomUUID, nowMs: Date.now, readMoods })
  await store.receive({
    ...{
      sid,
      from,
      to: HARBOR_PHONE,
      messagingServiceSid: undefined,
      body,
      segmentCount: 1,
      media: [],
      said: undefined,
    },
  })
  const [row] = await site.db.query('select * from app.messages where provider_sid = $1', [sid])
  return { id: String(row?.id), conversationId: String(row?.conversation_id), from }
}
const jobs = async () => (await site.db.query('select message_id from app.mood_jobs')).map((row) => row.message_id)
const messageOf = async (id: string) =>
  (await site.db.query('select sentiment, urgent, change_seq from app.messages where id = $1', [id]))[0]
const marksOf = async (conversationId: string) => {
  const { body } = await site.api.as(who.coordinator, '/conversations?limit=200')
  return conversationList.parse(body).data.find(({ id }) => id === conversationId)?.marks
}

test('what is to be read is written down with the message, where reading is switched on and there are words', async () => {
  const [on, off, empty] = [await arrive('Hello'), await arrive('Hello', { readMoods: false }), await arrive('')]
  expect(await jobs()).toContain(on.id)
  expect(await jobs()).not.toContain(off.id)
  expect(await jobs()).not.toContain(empty.id)
})

test('a message is taken by one at a time, and again after a while that becomes longer', async () => {
  await site.db.query('delete from app.mood_jobs')
  const { id } = await arrive('Gracias')
  const store = createMoodStore(site.api.database)
  const now = Date.now() + 1_000
  const taken = await Promise.all(Array.from({ length: 6 }, () => store.take({ limit: 10, nowMs: now })))
  expect(taken.flat()).toMatchObject([{ messageId: id, body: 'Gracias', attempts: 1, language: undefined }])
  expect(await store.take({ limit: 10, nowMs: now + 59_000 })).toEqual([])
  expect(await store.take({ limit: 10, nowMs: now + 61_000 })).toMatchObject([{ attempts: 2 }])
  expect(await store.take({ limit: 10, nowMs: now + 61_000 + 119_000 })).toEqual([])
  expect(await store.take({ limit: 10, nowMs: now + 61_000 + 121_000 })).toMatchObject([{ attempts: 3 }])
})

test('a mood is a mark on the message, told to screens, and on its conversation while the patient waits', async () => {
  await site.db.query('delete from app.mood_jobs')
  const { id, conversationId, from } = await arrive('I am fed up')
  const store = createMoodStore(site.api.database)
  const [message] = await store.take({ limit: 10, nowMs: Date.now() + 1_000 })
  if (message === undefined) throw new Error('nothing to read')
  const before = await messageOf(id)
  expect(await marksOf(conversationId)).toEqual({ urgent: false, negative: false })
  await store.settle(message, { sentiment: 'negative', urgent: true })
  const after = await messageOf(id)
  expect(after).toMatchObject({ sentiment: 'negative', urgent: true })
  expect(Number(after?.change_seq)).toBeGreaterThan(Number(before?.change_seq))
  expect(await jobs()).toEqual([])
  expect(await marksOf(conversationId)).toEqual({ urgent: true, negative: true })
  await arrive('Hello?', { from, readMoods: false })
  expect(await marksOf(conversationId)).toEqual({ urgent: true, negative: true })
  await site.api.as(who.coordinator, `/conversations/${conversationId}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'We call you', seenSeq: 99 },
  })
  expect(await marksOf(conversationId)).toEqual({ urgent: false, negative: false })
})

test('without a mood the message stays as it is, and is not handed out again', async () => {
  await site.db.query('delete from app.mood_jobs')
  const { id } = await arrive('Hm')
  const store = createMoodStore(site.api.database)
  const [message] = await store.take({ limit: 10, nowMs: Date.now() + 1_000 })
  if (message === undefined) throw new Error('nothing to read')
  await store.settle(message, undefined)
  expect(await messageOf(id)).toMatchObject({ sentiment: null, urgent: null })
  expect(await jobs()).toEqual([])
})
