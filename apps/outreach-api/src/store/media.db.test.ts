import { randomBytes, randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { HARBOR, newPhone } from '../../test/sending/letters.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { type Database, openDatabase } from './database.ts'
import { insertSampleData } from './insert-sample-data.ts'
import { createMediaStore } from './media.ts'
import { createReceivingStore } from './receiving.ts'

const HARBOR_PHONE = '+16175550100'
const url = 'https://api.example.test/media/1'
const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
let db: TestDatabase
let database: Database
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  await db.query('update app.senders set phone = $1 where practice_id = $2', [HARBOR_PHONE, HARBOR])
  database = openDatabase({ address: { kind: 'url', url: db.userUrl }, logger })
})
afterAll(async () => {
  await database?.close()
  await db?.drop()
})

async function arrive(): Promise<string> {
  const sid = `MM${randomBytes(16).toString('hex')}`
  await createReceivingStore(database, { newId: randomUUID, nowMs: Date.now }).receive({
    sid,
    from: newPhone(),
    to: HARBOR_PHONE,
    messagingServiceSid: undefined,
    body: '',
    segmentCount: 1,
    media: [{ url, contentType: 'image/png' }],
    said: undefined,
  })
  return sid
}
const mediaOf = async (sid: string) =>
  (
    await db.query(
      `select media.*, message.change_seq from app.message_media media join app.messages message on message.id = media.message_id
       where message.provider_sid = $1`,
      [sid],
    )
  )[0]

test('a picture is taken by one at a time, and again after a minute', async () => {
  await arrive()
  const store = createMediaStore(database)
  const now = Date.now() + 1_000
  const taken = await Promise.all(Array.from({ length: 6 }, () => store.take({ limit: 10, nowMs: now })))
  expect(taken.flat()).toMatchObject([{ url, contentType: 'image/png', attempts: 1 }])
  expect(await store.take({ limit: 10, nowMs: now + 59_000 })).toEqual([])
  expect(await store.take({ limit: 10, nowMs: now + 61_000 })).toMatchObject([{ attempts: 2 }])
})

test('what became of a picture is told to screens, and its address at the carrier is forgotten', async () => {
  const [kept, refused] = [await arrive(), await arrive()]
  const store = createMediaStore(database)
  const due = await store.take({ limit: 10, nowMs: Date.now() + 1_000 })
  const before = [await mediaOf(kept), await mediaOf(refused)]
  for (const media of due) {
    if (media.mediaId === before[0]?.id)
      await store.kept(media, { storageKey: 'k', contentType: 'image/png', bytes: 67 })
    else await store.refused(media, 'mismatch')
  }
  expect(await mediaOf(kept)).toMatchObject({ verdict: 'kept', storage_key: 'k', bytes: '67', source_url: null })
  expect(await mediaOf(refused)).toMatchObject({
    verdict: 'refused',
    refusal: 'mismatch',
    storage_key: null,
    source_url: null,
  })
  expect(Number((await mediaOf(kept))?.change_seq)).toBeGreaterThan(Number(before[0]?.change_seq))
  expect(await store.take({ limit: 10, nowMs: Date.now() + 120_000 })).toHaveLength(0)
})
