import { randomUUID } from 'node:crypto'
import { conversationList } from '@sax/api-contract'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { createOutboxWorker } from '../sending/outbox-worker.ts'
import { createOutboxStore } from '../store/outbox.ts'

let nowMs = Date.parse('2026-11-24T17:00:00Z')
const told: string[] = []
const site = sampleApi({ epochMs: () => nowMs, hints: { tell: async ({ messageId }) => void told.push(messageId) } })
const LATER = '2026-11-25T13:00:00.000Z'

const conversation = (number: number) => `30000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const send = async (id: string, body: object = {}) => {
  const answer = await site.api.as(who.coordinator, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'Hello there', seenSeq: 100, ...body },
  })
  return String(answer.body.data.id)
}
const act = (id: string, what: 'cancel' | 'send-now' | 'retry', person = who.coordinator) =>
  site.api.as(person, `/messages/${id}/${what}`, { method: 'POST' })
const outboxOf = async (id: string) =>
  (await site.db.query('select state, next_attempt_at from app.outbox where message_id = $1', [id]))[0]
const setState = (id: string, state: string) =>
  site.db.query('update app.outbox set state = $2 where message_id = $1', [id, state])
const conversationOf = async (id: string) =>
  (await site.api.as(who.coordinator, `/conversations/${id}`)).body.data.conversation
const list = async (filter: string) =>
  conversationList.parse((await site.api.as(who.coordinator, `/conversations?filter=${filter}&limit=200`)).body)

test('a scheduled message that is called off is not sent, says by when, and may be sent after all', async () => {
  const id = await send(conversation(14), { scheduledFor: LATER })
  const { status, body } = await act(id, 'cancel')
  expect([status, body.data]).toEqual([
    200,
    expect.objectContaining({
      id,
      status: 'failed',
      canRetry: true,
      cancelledAt: '2026-11-24T17:00:00.000Z',
      errorMessage: null,
    }),
  ])
  expect(await outboxOf(id)).toMatchObject({ state: 'dead' })
  expect((await list('not_sent')).data.map((row) => row.id)).not.toContain(conversation(14))
  const again = await act(id, 'retry')
  expect(again.body.data).toMatchObject({ status: 'queued', cancelledAt: null, scheduledFor: null, canRetry: false })
  expect(await outboxOf(id)).toMatchObject({ state: 'waiting', next_attempt_at: new Date(nowMs) })
})

test('whom a called-off message would have answered waits again, since when they did', async () => {
  const before = await conversationOf(conversation(3))
  expect(before.waitingSince).not.toBeNull()
  const id = await send(conversation(3), { scheduledFor: LATER })
  expect((await conversationOf(conversation(3))).waitingSince).toBeNull()
  await act(id, 'cancel')
  expect((await conversationOf(conversation(3))).waitingSince).toBe(before.waitingSince)
})

test('a scheduled message that is sent now is due now, and a worker is told', async () => {
  const id = await send(conversation(15), { scheduledFor: LATER })
  const { status, body } = await act(id, 'send-now')
  expect([status, body.data.scheduledFor, body.data.status]).toEqual([200, null, 'queued'])
  expect(await outboxOf(id)).toEqual({ state: 'waiting', next_attempt_at: new Date(nowMs) })
  expect(told.at(-1)).toBe(id)
  expect((await act(id, 'send-now')).status).toBe(409)
})

test.each(['claimed', 'sending', 'unknown', 'done'])(
  'a message that is %s is neither called off nor brought forward',
  async (state) => {
    const id = await send(conversation(15), { scheduledFor: LATER })
    await setState(id, state)
    for (const what of ['cancel', 'send-now'] as const) {
      const { status, body } = await act(id, what)
      expect([status, body.code, body.details.current.id]).toEqual([409, 'VERSION_CONFLICT', id])
    }
    expect(await outboxOf(id)).toMatchObject({ state })
  },
)

test('what the carrier has a name for is not called off, whatever the outbox says', async () => {
  const id = await send(conversation(15), { scheduledFor: LATER })
  await site.db.query("update app.messages set provider_sid = 'SM' || repeat('b', 32) where id = $1", [id])
  expect((await act(id, 'cancel')).status).toBe(409)
})

test('A14: a number that was told to be left alone is not sent to now either', async () => {
  const id = await send(conversation(16), { scheduledFor: LATER })
  await site.api.as(who.coordinator, `/conversations/${conversation(16)}/consent`, {
    method: 'POST',
    body: { state: 'opted_out', reason: 'Said so' },
  })
  const { status, body } = await act(id, 'send-now')
  expect([status, body.code]).toEqual([403, 'OPTED_OUT'])
  expect(await outboxOf(id)).toEqual({ state: 'waiting', next_attempt_at: new Date(LATER) })
})

test('what was given up is listed as not sent until it is sent again or left, with a count that agrees', async () => {
  const ids = [await send(conversation(20)), await send(conversation(20)), await send(conversation(21))]
  const before = (await list('all')).counts.not_sent
  for (const id of ids) {
    await setState(id, 'dead')
    await site.db.query("update app.messages set status = 'failed' where id = $1", [id])
  }
  const found = await list('not_sent')
  expect(found.counts.not_sent).toBe(before + 2)
  expect(found.pagination.total).toBe(found.data.length)
  expect(found.data.every(({ unsent }) => unsent)).toBe(true)
  const isListed = async () => (await list('not_sent')).data.map((row) => row.id)
  expect(await isListed()).toEqual(expect.arrayContaining([conversation(20), conversation(21)]))
  await act(ids[0] ?? '', 'retry')
  expect(await isListed()).toContain(conversation(20))
  await act(ids[1] ?? '', 'cancel')
  expect(await isListed()).not.toContain(conversation(20))
  expect((await conversationOf(conversation(20))).unsent).toBe(false)
  expect((await conversationOf(conversation(21))).unsent).toBe(true)
})

test('of a call to call off and a worker at the same message exactly one has it, twenty times over', async () => {
  for (let round = 0; round < 20; round += 1) {
    nowMs += 1_000
    const id = await send(conversation(22), { body: `Round ${round}` })
    let sent = 0
    const worker = createOutboxWorker({
      store: createOutboxStore(site.api.database, () => nowMs),
      carrier: {
        send: async () => {
          sent += 1
          return { kind: 'accepted', sid: `SM${randomUUID().replaceAll('-', '')}`, progress: { status: 'queued' } }
        },
        find: async () => ({ kind: 'nothing' }),
      },
      nowMs: () => nowMs,
      random: () => 0,
      newId: randomUUID,
      logger: createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } }),
    })
    const pause = () => new Promise((resolve) => setTimeout(resolve, round % 5))
    const [cancelled] = await Promise.all([
      pause().then(() => act(id, 'cancel')),
      worker.work({ tenantId: who.coordinator.tenantId, messageId: id }),
    ])
    const calledOff = cancelled.status === 200
    expect([round, sent, cancelled.status]).toEqual([round, calledOff ? 0 : 1, calledOff ? 200 : 409])
    expect(await outboxOf(id)).toMatchObject({ state: calledOff ? 'dead' : 'done' })
  }
})
