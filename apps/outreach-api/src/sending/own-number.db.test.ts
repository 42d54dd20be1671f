import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sampleApi } from '../../test/sample-api.ts'
import { type CarrierOfTests, startCarrier } from '../../test/sending/carrier-of-tests.ts'
import { HARBOR, newPhone, storeLetter, TENANT } from '../../test/sending/letters.ts'
import { realWorker } from '../../test/sending/real-worker.ts'
import { createReceivingStore } from '../store/receiving.ts'

const site = sampleApi()
const [lowest, second] = ['+16175550100', '+16175550199'] as const
const POOL = `MG${'c'.repeat(32)}`
const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })

/** Both numbers of the practice stand alone, or in one pool. */
let alone: CarrierOfTests
let pooled: CarrierOfTests
beforeAll(async () => {
  const name = 'Harbor Sleep Center'
  alone = await startCarrier({ senders: [lowest, second].map((phone) => ({ phone, name })) })
  pooled = await startCarrier({
    senders: [lowest, second].map((phone) => ({ phone, name, serviceSid: POOL })),
    services: [{ sid: POOL, advancedOptOut: true }],
  })
  await site.db.query("update app.outbox set state = 'done'")
})
beforeEach(() => numbers(null, lowest, second))
afterAll(async () => {
  await alone?.close()
  await pooled?.close()
})

async function numbers(pool: string | null, ...phones: readonly string[]) {
  await site.db.query('delete from app.senders where practice_id = $1', [HARBOR])
  for (const phone of phones) {
    await site.db.query('insert into app.senders values ($1, $2, $3, $4)', [phone, TENANT, HARBOR, pool])
  }
}

const texts = (from: string, to: string, messagingServiceSid?: string) =>
  createReceivingStore(site.api.database, { newId: randomUUID, nowMs: Date.now }).receive({
    ...{ sid: `SM${randomBytes(16).toString('hex')}`, from, to, messagingServiceSid },
    ...{ body: 'Hello', segmentCount: 1, media: [], said: undefined },
  })

/** The number that an answer comes from, as the carrier has it. */
async function answers(phone: string, { carrier, url }: CarrierOfTests = alone) {
  await storeLetter(site.db, { phone })
  await realWorker({ database: site.api.database, carrierUrl: url, logger }).sweep(20)
  const [newest] = carrier.messages({ to: phone })
  return newest?.from
}

test('an answer comes from the number that the patient texted last', async () => {
  const phone = newPhone()
  await texts(phone, second)
  expect(await answers(phone)).toBe(second)
  await texts(phone, lowest)
  expect(await answers(phone)).toBe(lowest)
  await texts(phone, second)
  expect(await answers(phone)).toBe(second)
})

test('who has texted none of our numbers hears from the lowest', async () => {
  expect(await answers(newPhone())).toBe(lowest)
})

test('a number that the practice has no longer, or another has now, sends nothing', async () => {
  const [gone, moved] = [newPhone(), newPhone()]
  await texts(gone, second)
  await texts(moved, second)
  await numbers(null, lowest)
  expect(await answers(gone)).toBe(lowest)
  const [other] = await site.db.query('select id from app.practices where tenant_id = $1 and id <> $2', [
    TENANT,
    HARBOR,
  ])
  await site.db.query('insert into app.senders values ($1, $2, $3, null)', [second, TENANT, other?.id])
  expect(await answers(moved)).toBe(lowest)
  await site.db.query('delete from app.senders where phone = $1', [second])
})

test('so it is in a pool, whose own choice would be the number that it knows of', async () => {
  await numbers(POOL, lowest, second)
  const phone = newPhone()
  expect(await answers(phone, pooled)).toBe(lowest)
  await texts(phone, second, POOL)
  expect(await answers(phone, pooled)).toBe(second)
})

test('a text to a number of the pool that is nobody’s is answered from the lowest', async () => {
  await numbers(POOL, lowest, second)
  const phone = newPhone()
  expect(await texts(phone, '+16175559991', POOL)).toBe('stored_by_pool')
  expect(await answers(phone, pooled)).toBe(lowest)
})
