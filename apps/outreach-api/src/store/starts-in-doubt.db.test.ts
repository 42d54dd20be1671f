import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { beforeEach, expect, test } from 'vitest'
import { sampleApi } from '../../test/sample-api.ts'
import { HARBOR, letterState, newPhone, storeLetter, TENANT } from '../../test/sending/letters.ts'
import { saidAboutTexting } from '../domain/revocation-words.ts'
import { createStartWorker } from '../receiving/starts-in-doubt.ts'
import { createOutboxWorker } from '../sending/outbox-worker.ts'
import { createOutboxStore } from './outbox.ts'
import { createReceivingStore } from './receiving.ts'
import { createStartStore } from './starts-in-doubt.ts'

const site = sampleApi()
const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
const MINUTE = 60_000
/** A Monday that is over. */
const MONDAY = Date.UTC(2026, 5, 1, 14)

let nowMs = MONDAY
let phone: string
/** When the carrier got a text; undefined while it does not answer. */
let written: Map<string, number>
let asked: string[]
let isReachable = true
beforeEach(() => {
  nowMs += 60 * MINUTE
  phone = newPhone()
  written = new Map()
  asked = []
  isReachable = true
})

/** What a patient texts at a second of this test's hour. The carrier tells of it when it is told. */
function texted(body: string, second: number) {
  const sid = `SM${randomBytes(16).toString('hex')}`
  written.set(sid, nowMs + second * 1_000)
  return { sid, body }
}
const tell = async ({ sid, body }: { readonly sid: string; readonly body: string }) => {
  const [sender] = await site.db.query('select phone from app.senders where practice_id = $1', [HARBOR])
  const to = String(sender?.phone)
  const message = { sid, from: phone, to, messagingServiceSid: undefined, body, segmentCount: 1, media: [] }
  const store = createReceivingStore(site.api.database, { newId: randomUUID, nowMs: () => nowMs })
  return store.receive({ ...message, said: saidAboutTexting(body) })
}
const worker = (onAsked: () => Promise<unknown> = async () => undefined) =>
  createStartWorker({
    store: createStartStore(site.api.database, () => nowMs),
    carrier: {
      createdAt: async (sid) => {
        asked.push(sid)
        await onAsked()
        return isReachable ? written.get(sid) : undefined
      },
    },
    nowMs: () => nowMs,
    logger,
  })
const consent = async () =>
  (await site.db.query('select state from app.consent where tenant_id = $1 and phone = $2', [TENANT, phone]))[0]?.state
const inDoubt = async () => Number((await site.db.query('select count(*) from app.starts_in_doubt'))[0]?.count)
const sent: string[] = []
/** Sends what is due, and answers what became of a message. */
async function send(id: string) {
  const store = createOutboxStore(site.api.database, () => nowMs)
  const carrier = {
    send: async ({ messageId }: { readonly messageId: string }) => {
      sent.push(messageId)
      return { kind: 'accepted', sid: `SM${randomBytes(16).toString('hex')}`, progress: { status: 'queued' } } as const
    },
    find: async () => ({ kind: 'nothing' }) as const,
  }
  await createOutboxWorker({ store, carrier, nowMs: () => nowMs, random: Math.random, newId: randomUUID, logger }).work(
    {
      tenantId: TENANT,
      messageId: id,
    },
  )
  return letterState(site.db, id)
}

test('A14: a START that is told after a later STOP never opens the number', async () => {
  const [start, stop] = [texted('START', 1), texted('STOP', 5)]
  await tell(stop)
  await tell(start)
  expect(await consent()).toBe('opted_out')
  const id = await storeLetter(site.db, { phone, at: new Date(nowMs) })
  expect(await send(id)).toMatchObject({ state: 'dead', error_code: 21610 })
  expect(await worker().sweep(20)).toBe(1)
  expect(asked).toEqual([start.sid, stop.sid])
  expect(await consent()).toBe('opted_out')
  expect(await inDoubt()).toBe(0)
  expect(sent).toEqual([])
})

test.each([
  ['STOP', 'STOP first', 0],
  ['STOP', 'START first', 1],
  ['please stop texting me', 'that first', 0],
  ['please stop texting me', 'START first', 1],
])('A14: a START that was written after %j opens the number, told with %s', async (body, _order, first) => {
  const texts = [texted(body, 1), texted('START', 5)]
  for (const text of first === 0 ? texts : texts.toReversed()) await tell(text)
  // Until it is known nobody is texted.
  expect(await consent()).not.toBe('subscribed')
  await worker().sweep(20)
  expect(await consent()).toBe('subscribed')
  expect(await inDoubt()).toBe(0)
  const id = await storeLetter(site.db, { phone, at: new Date(nowMs) })
  expect(await send(id)).toMatchObject({ state: 'done' })
})

test('A14: YES counts as START after a STOP, and is asked about as one', async () => {
  const [stop, yes] = [texted('STOP', 1), texted('Yes', 5)]
  await tell(stop)
  await tell(yes)
  expect(await consent()).toBe('opted_out')
  await worker().sweep(20)
  expect(await consent()).toBe('subscribed')
})

test('of two texts within one second STOP is the one that counts', async () => {
  await tell(texted('STOP', 1))
  await tell(texted('START', 1))
  await worker().sweep(20)
  expect(await consent()).toBe('opted_out')
  expect(await inDoubt()).toBe(0)
})

test('A14: a START that comes long after a STOP opens the number at once, and nobody is asked', async () => {
  await tell(texted('STOP', 1))
  nowMs += 10 * MINUTE + 1
  await tell(texted('START', 1))
  expect(await consent()).toBe('subscribed')
  expect(await worker().sweep(20)).toBe(0)
  expect(asked).toEqual([])
})

test('while the carrier does not answer nobody is texted, and it is asked again after a while', async () => {
  isReachable = false
  await tell(texted('STOP', 1))
  await tell(texted('START', 5))
  expect(await worker().sweep(20)).toBe(1)
  expect(await consent()).toBe('opted_out')
  expect(await worker().sweep(20)).toBe(0)
  isReachable = true
  nowMs += 14_000
  expect(await worker().sweep(20)).toBe(0)
  nowMs += 1_000
  expect(await worker().sweep(20)).toBe(1)
  expect(await consent()).toBe('subscribed')
})

test('a carrier that never answers is left alone after more than a day, and the number stays closed', async () => {
  isReachable = false
  await tell(texted('STOP', 1))
  await tell(texted('START', 5))
  const since = nowMs
  let rounds = 0
  while ((await inDoubt()) > 0 && rounds < 100) {
    rounds += await worker().sweep(20)
    nowMs += 60 * MINUTE
  }
  expect(rounds).toBe(36)
  expect(nowMs - since).toBeGreaterThan(24 * 60 * MINUTE)
  expect(await consent()).toBe('opted_out')
})

test('A14: a STOP that is told while the carrier is asked is asked about too', async () => {
  const [stop, start, later] = [texted('STOP', 1), texted('START', 5), texted('STOP', 9)]
  await tell(stop)
  await tell(start)
  let told = false
  const meanwhile = async () => {
    if (told) return
    told = true
    await tell(later)
  }
  await worker(meanwhile).sweep(20)
  expect(await inDoubt()).toBe(1)
  expect(await consent()).toBe('opted_out')
  await worker().sweep(20)
  expect(asked.slice(-3)).toEqual([start.sid, stop.sid, later.sid])
  expect(await consent()).toBe('opted_out')
  expect(await inDoubt()).toBe(0)
})

test('A14: who goes back and forth costs the carrier one question a text, and is taken at the last word', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => texted(index % 2 === 0 ? 'STOP' : 'START', 3 * index))
  for (const text of texts) await tell(text)
  expect(await worker().sweep(20)).toBe(10)
  expect(asked.toSorted()).toEqual(texts.map(({ sid }) => sid).toSorted())
  expect(await consent()).toBe('subscribed')
})

test('who was taken off the list by a person of the practice meanwhile stays off it', async () => {
  await tell(texted('STOP', 1))
  await tell(texted('START', 5))
  await site.db.query(
    `insert into app.consent_ledger (tenant_id, phone, state, source, actor_sax_id, reason, at)
     values ($1, $2, 'opted_out', 'staff', 1386, 'asked by telephone', $3)`,
    [TENANT, phone, new Date(nowMs + 1)],
  )
  await worker().sweep(20)
  expect(await consent()).toBe('opted_out')
  expect(await inDoubt()).toBe(0)
})

test('two workers ask about a START once between them', async () => {
  await tell(texted('STOP', 1))
  await tell(texted('START', 5))
  const rounds = await Promise.all([worker().sweep(20), worker().sweep(20)])
  expect(rounds[0] + rounds[1]).toBe(1)
  expect(
    await site.db.query("select 1 from app.consent_ledger where phone = $1 and state = 'subscribed'", [phone]),
  ).toHaveLength(1)
})

test('A14: a START that is told between a refusal and its being written down is newer than the refusal', async () => {
  const id = await storeLetter(site.db, { phone, at: new Date(nowMs) })
  const store = createOutboxStore(site.api.database, () => nowMs)
  const key = { tenantId: TENANT, messageId: id }
  const claim = await store.claim(key, { token: randomUUID(), claimMs: 1_000, settlingMs: 1_000 })
  if (claim === undefined) throw new Error('nothing to claim')
  const refusedAtMs = nowMs
  nowMs += 50
  await tell(texted('START', 1))
  nowMs += 50
  await store.refusedByCarrier(claim, refusedAtMs)
  expect(await consent()).toBe('subscribed')
  await store.refusedByCarrier(claim, nowMs)
  expect(await consent()).toBe('opted_out')
})
