import { type Message, messageList } from '@sax/api-contract'
import { describe, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { arrive } from '../../test/arrivals.ts'
import { sampleApi } from '../../test/sample-api.ts'

const nowMs = Date.parse('2026-11-24T17:00:00Z')
const told: string[] = []
const site = sampleApi({ epochMs: () => nowMs, hints: { tell: async ({ messageId }) => void told.push(messageId) } })
type Person = (typeof who)[keyof typeof who]

const conversation = (number: number) => `30000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const send = (id: string, body: object, person: Person = who.coordinator) =>
  site.api.as(person, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: crypto.randomUUID(), body: 'Hello there', seenSeq: 100, ...body },
  })
const outboxOf = (id: string) =>
  site.db.query('select state, attempts, next_attempt_at from app.outbox where message_id = $1', [id])
const rowsOf = (id: string) =>
  site.db.query('select id, seq::int from app.messages where conversation_id = $1 order by seq', [id])

describe('A1: what is to be sent is stored first', () => {
  test('with its place in the outbox, and the patient no longer waits', async () => {
    const { status, body } = await send(conversation(3), { body: 'At eight.' })
    expect(status).toBe(201)
    expect(body.data).toMatchObject({
      seq: 2,
      direction: 'outbound',
      status: 'queued',
      authorSaxId: 1386,
      segmentCount: 1,
    })
    expect(await outboxOf(body.data.id)).toEqual([
      { state: 'waiting', attempts: 0, next_attempt_at: new Date('2026-11-24T17:00:00Z') },
    ])
    const screen = await site.api.as(who.coordinator, `/conversations/${conversation(3)}`)
    expect(screen.body.data.conversation).toMatchObject({
      waitingSince: null,
      slaStatus: 'ok',
      lastMessagePreview: 'At eight.',
      lastMessageDirection: 'outbound',
    })
  })

  test('A2: the same client id is the same message, ten times at once', async () => {
    const before = (await rowsOf(conversation(5))).length
    const clientId = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(conversation(5), { clientId })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1)
    expect((await rowsOf(conversation(5))).length).toBe(before + 1)
    expect(await outboxOf(answers[0]?.body.data.id)).toHaveLength(1)
  })

  test.each<[string, (first: object) => [string, object, Person]]>([
    ['another text', (first) => [conversation(5), { ...first, body: 'Something else' }, who.coordinator]],
    ['another conversation', (first) => [conversation(14), first, who.coordinator]],
    ['another person', (first) => [conversation(5), first, who.otherCoordinator]],
  ])('a client id used again for %s is refused', async (_what, again) => {
    const first = { clientId: crypto.randomUUID(), body: 'Once' }
    expect((await send(conversation(5), first)).status).toBe(201)
    const { status, body } = await send(...again(first))
    expect([status, body.code]).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('A3: twenty messages at once get one place each, without gaps', async () => {
    const id = conversation(9)
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(id, { body: `Number ${index}` })))
    const places = (await rowsOf(id)).map(({ seq }) => seq)
    expect(places).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
  })
})

describe('A14: nobody is written to who said stop', () => {
  test.each([
    [6, 'opted_out'],
    [7, 'held'],
  ])('conversation %i is %s: refused, and nothing is stored', async (number, consent) => {
    const before = await rowsOf(conversation(number))
    const { status, body } = await send(conversation(number), {})
    expect([status, body.code, body.details]).toEqual([403, 'OPTED_OUT', { consent }])
    expect(await rowsOf(conversation(number))).toEqual(before)
  })

  const decide = (number: number, state: string, person: Person = who.coordinator) =>
    site.api.as(person, `/conversations/${conversation(number)}/consent`, {
      method: 'POST',
      body: { state, reason: 'Spoke with the patient' },
    })

  test('a person decides what held meant, and only the patient takes back STOP', async () => {
    expect((await decide(7, 'subscribed')).body.data.consent).toBe('subscribed')
    expect((await send(conversation(7), {})).status).toBe(201)
    expect((await decide(7, 'opted_out')).body.data).toMatchObject({ consent: 'opted_out', optedOut: true })
    expect((await send(conversation(7), {})).status).toBe(403)
    const { status, body } = await decide(7, 'subscribed')
    expect([status, body.code]).toEqual([403, 'FORBIDDEN'])
    const ledger = await site.db.query(
      "select state, source, actor_sax_id::int as actor from app.consent_ledger where phone = '+16175550107' order by id",
    )
    expect(ledger).toEqual([
      { state: 'held', source: 'free_text', actor: null },
      { state: 'subscribed', source: 'staff', actor: 1386 },
      { state: 'opted_out', source: 'staff', actor: 1386 },
    ])
  })

  test('what said stop while an answer was being written refuses it', async () => {
    const held = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const stopping = site.api.database.inTenant(who.coordinator.tenantId, async (tx) => {
      await tx.execute("select app.hold_phone_alone('+16175550104')")
      held.resolve()
      await goOn.promise
      await tx.execute(`insert into app.consent_ledger (tenant_id, phone, state, source, at)
        values ('${who.coordinator.tenantId}', '+16175550104', 'opted_out', 'keyword', now())`)
    })
    await held.promise
    const sending = send(conversation(4), {})
    goOn.resolve()
    await stopping
    expect((await sending).body.code).toBe('OPTED_OUT')
  })
})

describe('two people, one conversation', () => {
  test('a second answer that did not see the first is refused with what is there', async () => {
    const id = conversation(2)
    const first = await send(id, { body: 'Friday at four?', seenSeq: 3 }, who.otherCoordinator)
    expect(first.status).toBe(201)
    const second = await send(id, { body: 'Monday at nine?', seenSeq: 3 })
    expect([second.status, second.body.code]).toEqual([409, 'VERSION_CONFLICT'])
    expect(second.body.details.current).toMatchObject({ id, lastMessageSeq: 4, lastMessagePreview: 'Friday at four?' })
    expect((await send(id, { body: 'Monday at nine?', seenSeq: 4 })).status).toBe(201)
  })

  test("one's own earlier message, or the patient's, refuses nothing", async () => {
    const id = conversation(14)
    await arrive(site.db, id, { at: new Date(nowMs) })
    expect((await send(id, { seenSeq: 4 })).status).toBe(201)
    expect((await send(id, { seenSeq: 4 })).status).toBe(201)
  })

  test('of two answers written at once to what both saw, one is stored', async () => {
    const id = conversation(15)
    const answers = await Promise.all([
      send(id, { seenSeq: 1 }),
      send(id, { seenSeq: 1 }, who.otherCoordinator),
      send(id, { seenSeq: 1 }, who.manager),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  test('who repeats a message that was stored is told so, whatever was written since', async () => {
    const id = conversation(12)
    const mine = { clientId: crypto.randomUUID(), body: 'We will wait', seenSeq: 2 }
    await send(id, mine)
    await send(id, { seenSeq: 100 }, who.otherCoordinator)
    expect((await send(id, mine)).status).toBe(201)
  })
})

describe('A4: an answer that did not arrive answers nobody', () => {
  const id = conversation(11)
  const becomes = (messageId: string, status: string) =>
    site.db.query('update app.messages set status = $2 where id = $1', [messageId, status])
  const waiting = async () =>
    (await site.api.as(who.coordinator, `/conversations/${id}`)).body.data.conversation.waitingSince
  const answer = async () => (await send(id, {})).body.data.id

  test('the patient waits again, since when they did; when it arrives after all, no longer', async () => {
    const since = await waiting()
    expect(since).not.toBeNull()
    const first = await answer()
    expect(await waiting()).toBeNull()
    await becomes(first, 'undelivered')
    expect(await waiting()).toBe(since)
    await becomes(first, 'delivered')
    expect(await waiting()).toBeNull()
  })

  test('another answer that is on its way still answers, and none that was lost does', async () => {
    await arrive(site.db, id, { at: new Date(nowMs) })
    const since = await waiting()
    const [first, second] = [await answer(), await answer()]
    await becomes(first, 'failed')
    expect(await waiting()).toBeNull()
    await becomes(second, 'failed')
    expect(await waiting()).toBe(since)
    await becomes(second, 'sent')
    expect(await waiting()).toBeNull()
  })

  test('what was asked meanwhile is not answered by it', async () => {
    await arrive(site.db, id, { at: new Date(nowMs) })
    const lost = await answer()
    await arrive(site.db, id, { at: new Date(nowMs + 60_000) })
    await becomes(lost, 'failed')
    const since = await waiting()
    await becomes(lost, 'delivered')
    expect([since, await waiting()]).toEqual([new Date(nowMs).toISOString(), since])
  })
})

describe('what cannot be sent', () => {
  test.each([
    ['empty', { body: '' }, 400],
    ['blank', { body: ' \n ' }, 400],
    ['too long', { body: 'x'.repeat(1601) }, 400],
    ['nothing that can be seen', { body: '\u200b \ufeff' }, 400],
    ['half an emoji', { body: 'a\ud83d' }, 400],
    ['without a client id', { clientId: undefined }, 400],
    ['for a time that has passed', { scheduledFor: '2026-11-24T16:59:59Z' }, 400],
    ['for a time more than a week ahead', { scheduledFor: '2026-12-01T17:00:01Z' }, 400],
    ['of a template that is not there', { templateId: crypto.randomUUID() }, 404],
  ])('%s', async (_what, body, status) => {
    expect((await send(conversation(14), body)).status).toBe(status)
  })

  test('A11: variables without a value, all of them named', async () => {
    const { status, body } = await send(conversation(14), { body: 'Hi {{firstName}}, {{practiceName}} here' })
    expect([status, body.code, body.details]).toEqual([
      400,
      'MISSING_VARIABLES',
      { variables: ['firstName', 'practiceName'] },
    ])
  })
})

test('A9, A12: a message is stored as typed and counted as the carrier counts', async () => {
  const typed = `O'Brien <b>x</b> {one} ${'😀'.repeat(40)}`
  const { body } = await send(conversation(14), { body: typed })
  // 22 letters and 40 emoji of two units each, in UCS-2: 102 units, in parts of 67.
  expect([body.data.body, body.data.segmentCount]).toEqual([typed, 2])
})

test('a worker is told of what is to be sent at once, and of nothing that was refused or is for later', async () => {
  told.length = 0
  const { body } = await send(conversation(3), {})
  await send(conversation(3), { body: 'Hi {{firstName}}' })
  await send(conversation(3), { scheduledFor: '2026-11-25T15:00:00Z' })
  expect(told).toEqual([body.data.id])
})

test('a worker is told of the first message of a new conversation too, unless it is for later', async () => {
  told.length = 0
  const begin = (phone: string, more: object) =>
    site.api.as(who.coordinator, '/conversations', {
      method: 'POST',
      body: { phone, firstMessage: { clientId: crypto.randomUUID(), body: 'Hello there', ...more } },
    })
  const { status, body } = await begin('(781) 555-0190', {})
  expect(status).toBe(201)
  expect((await begin('(781) 555-0191', { scheduledFor: '2026-11-25T15:00:00Z' })).status).toBe(201)
  expect((await begin('(781) 555-0190', {})).status).toBe(409)
  expect(told).toEqual((await rowsOf(body.data.id)).map(({ id }) => id))
})

test('a scheduled message waits in the outbox until then', async () => {
  const { body } = await send(conversation(14), { scheduledFor: '2026-11-25T13:00:00Z' })
  expect(body.data.scheduledFor).toBe('2026-11-25T13:00:00.000Z')
  expect(await outboxOf(body.data.id)).toMatchObject([{ next_attempt_at: new Date('2026-11-25T13:00:00Z') }])
})

test('a message given up is sent again by a person, as the same message; no other is', async () => {
  const { body } = await send(conversation(14), { body: 'Given up' })
  const retry = () => site.api.as(who.coordinator, `/messages/${body.data.id}/retry`, { method: 'POST' })
  expect((await retry()).status).toBe(409)
  await site.db.query("update app.outbox set state = 'dead', attempts = 8 where message_id = $1", [body.data.id])
  await site.db.query("update app.messages set status = 'failed', error_code = 30001 where id = $1", [body.data.id])
  const seen = await site.api.as(who.coordinator, `/messages/${body.data.id}`)
  expect(seen.body.data).toMatchObject({
    canRetry: true,
    status: 'failed',
    errorMessage: 'Too many messages were waiting. Send it again in a few minutes.',
  })
  const again = await retry()
  expect(told.at(-1)).toBe(body.data.id)
  expect(again.body.data).toMatchObject({ id: body.data.id, status: 'queued', canRetry: false, errorCode: null })
  expect(await outboxOf(body.data.id)).toMatchObject([{ state: 'waiting', attempts: 0 }])
  // The carrier has it after all: never again.
  await site.db.query("update app.outbox set state = 'dead' where message_id = $1", [body.data.id])
  await site.db.query("update app.messages set provider_sid = 'SM' || repeat('a', 32) where id = $1", [body.data.id])
  expect((await retry()).status).toBe(409)
})

test('A3: older messages come in pages upwards, each once', async () => {
  const id = conversation(9)
  const page = async (before?: number) =>
    messageList.parse(
      (await site.api.as(who.coordinator, `/conversations/${id}/messages?limit=8${before ? `&before=${before}` : ''}`))
        .body,
    )
  const seen: Message[] = []
  let more = true
  while (more) {
    const { data, hasMore, pagination } = await page(seen[0]?.seq)
    // The shape that every list has: how many there are, and how many come after these.
    expect(pagination).toEqual({ total: 21, limit: 8, offset: seen.length, hasMore })
    seen.unshift(...data)
    more = hasMore
  }
  expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
})
