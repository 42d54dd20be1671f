import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { memoryStorage } from '../../test/memory-storage.ts'
import { addPicture, png } from '../../test/pictures.ts'
import { newPhone, storeLetter } from '../../test/sending/letters.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { createApp } from '../app.ts'
import { pictureLinks } from '../sending/picture-links.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { insertSampleData } from '../store/insert-sample-data.ts'
import { createReceivingStore } from '../store/receiving.ts'

const TOKEN = 'token-in-use-0123456789abcdef012'
const BASE = 'https://api.example.test/dev'
/** A message of a patient's in the sample. */
const RECEIVED = "select id from app.messages where direction = 'inbound' limit 1"

const logs: string[] = []
const storage = memoryStorage()
let nowMs = Date.now()
let db: TestDatabase
let database: Database
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  db = await createTestDatabase(inject('databaseAdminUrl'))
  await insertSampleData(db.adminUrl, new Date())
  const logger = createLogger({
    service: 'outreach-api',
    level: 'debug',
    destination: { write: (line) => void logs.push(line) },
  })
  database = openDatabase({ address: { kind: 'url', url: db.userUrl }, logger })
  app = createApp({
    database,
    verify: async () => ({ kind: 'refused', code: 'missing' }),
    logger,
    newId: randomUUID,
    nowMs: () => performance.now(),
    epochMs: () => nowMs,
    release: 'test',
    media: storage,
    webhooks: {
      store: createReceivingStore(database, { newId: randomUUID, nowMs: Date.now }),
      accountSid: `AC${'a'.repeat(32)}`,
      tokens: async () => [TOKEN],
      publicBaseUrl: BASE,
    },
  })
})
afterAll(async () => {
  await database?.close()
  await db?.drop()
})

const links = pictureLinks({ publicBaseUrl: BASE, tokens: async () => [TOKEN], nowMs: () => nowMs })
const sentPicture = async (more: Parameters<typeof addPicture>[2] = {}) =>
  addPicture(db, await storeLetter(db, { phone: newPhone() }), { storage, ...more })
/** As the carrier does: nobody is signed in. */
const fetchLink = async (link: string, method = 'GET') => {
  const response = await app.request(link.slice(BASE.length), { method })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

test('the carrier looks at a picture and fetches it, by its link alone', async () => {
  const link = await links.linkTo(await sentPicture())
  for (const [method, length] of [
    ['HEAD', 0],
    ['GET', png.length],
  ] as const) {
    const { status, headers, bytes } = await fetchLink(link, method)
    expect([method, status, bytes.length]).toEqual([method, 200, length])
    expect(headers.get('content-type')).toBe('image/png')
    expect(headers.get('content-length')).toBe(String(png.length))
    expect(headers.get('content-disposition')).toBe('inline; filename="picture.png"')
  }
})

test('a link that has been edited opens nothing, and one whose time is over no longer does', async () => {
  const [one, other] = [await sentPicture(), await sentPicture()]
  const link = await links.linkTo(one)
  expect((await fetchLink(link.replace(one, other))).status).toBe(403)
  expect((await fetchLink(link.replace('until=1', 'until=2'))).status).toBe(403)
  expect((await fetchLink(link.split('?')[0] ?? '')).status).toBe(403)
  expect((await fetchLink(link.replace(one, "x'--"))).status).toBe(403)
  const before = nowMs
  nowMs += 11 * 3_600_000
  expect((await fetchLink(link)).status).toBe(410)
  nowMs = before
  expect((await fetchLink(link)).status).toBe(200)
})

test.each<[what: string, picture: () => Promise<string>]>([
  ['that nobody has', async () => randomUUID()],
  ['that a patient sent', async () => addPicture(db, String((await db.query(RECEIVED))[0]?.id), { storage })],
  ['that is not kept', () => sentPicture({ verdict: 'refused' })],
])('even a good link opens no picture %s', async (_what, picture) => {
  expect((await fetchLink(await links.linkTo(await picture()))).status).toBe(404)
})

test('neither link nor signature is in a log', async () => {
  const link = await links.linkTo(await sentPicture())
  await fetchLink(link)
  const signature = new URL(link).searchParams.get('signature') ?? ''
  expect(signature.length).toBeGreaterThan(40)
  expect(logs.join()).not.toContain(signature)
  expect(logs.join()).not.toContain('until=')
})
