import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sax/logging'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { png } from '../../test/pictures.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { folderStorage } from '../receiving/media/folder-storage.ts'
import { MediaStorageError } from '../receiving/media/media-key.ts'
import { createUnsentWorker, type UnsentWorkerDeps } from '../receiving/media/unsent-worker.ts'
import { createUnsentStore } from './unsent-media.ts'

const DAY_MS = 86_400_000
const start = Date.parse('2026-11-24T17:00:00Z')
let nowMs = start
const site = sampleApi({ epochMs: () => nowMs })
const lines: string[] = []
const logger = createLogger({
  service: 'worker',
  level: 'info',
  destination: { write: (line: string) => void lines.push(line) },
})
beforeEach(async () => {
  nowMs = start
  lines.length = 0
  await site.db.query('delete from app.uploads')
})

const conversation = '30000000-0000-4000-8000-000000000001'
const choose = async () => {
  const { body } = await site.api.as(who.coordinator, `/conversations/${conversation}/media`, {
    method: 'POST',
    body: png,
    headers: { 'content-type': 'image/png' },
  })
  return String(body.data.id)
}
const send = (pictureId: string) =>
  site.api.as(who.coordinator, `/conversations/${conversation}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'Like this', seenSeq: 999, pictureId },
  })
const worker = (more: Partial<UnsentWorkerDeps> = {}) =>
  createUnsentWorker({
    store: createUnsentStore(site.api.database),
    storage: site.api.media,
    nowMs: () => nowMs,
    logger,
    ...more,
  })
const keyOf = (id: string) => `${who.coordinator.tenantId}/${id}`
const isStored = (id: string) => site.api.media.files.has(keyOf(id))
const rows = async () => (await site.db.query('select id::text from app.uploads')).map(({ id }) => id)

test('what was chosen and not sent is there for a day, and then it is nowhere; what was sent stays', async () => {
  const [sent, unsent] = [await choose(), await choose()]
  await send(sent)
  nowMs = start + DAY_MS
  expect(await worker().sweep(20)).toBe(0)
  expect((await site.api.as(who.coordinator, `/media/${unsent}`)).status).toBe(200)
  nowMs += 1
  expect(await worker().sweep(20)).toBe(1)
  expect([isStored(sent), isStored(unsent), await rows()]).toEqual([true, false, [sent]])
  expect((await site.api.as(who.coordinator, `/media/${unsent}`)).status).toBe(404)
  // The client tells its writer that it is the picture, and not the conversation, that is not there.
  const refused = await send(unsent)
  expect([refused.status, refused.body]).toMatchObject([404, { code: 'NOT_FOUND', details: { missing: 'picture' } }])
  expect((await site.api.as(who.coordinator, `/media/${sent}`)).status).toBe(200)
})

test('how many they were is logged, and not which', async () => {
  const ids = [await choose(), await choose()]
  nowMs += 2 * DAY_MS
  await worker().sweep(20)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'pictures that nobody sent are removed', count: 2 },
  ])
  for (const id of ids) expect(lines.join()).not.toContain(id)
})

test('where storage does not answer they stay nobody’s, and go the next time', async () => {
  const id = await choose()
  nowMs += 2 * DAY_MS
  site.api.media.failing = new MediaStorageError('unavailable')
  expect(await worker().sweep(20)).toBe(0)
  site.api.media.failing = undefined
  expect([isStored(id), await rows()]).toEqual([true, [id]])
  expect((await send(id)).status).toBe(404)
  expect(await worker().sweep(20)).toBe(1)
  expect([isStored(id), await rows()]).toEqual([false, []])
})

test('a worker that ends between storage and row leaves what the next one finishes', async () => {
  const id = await choose()
  nowMs += 2 * DAY_MS
  const store = createUnsentStore(site.api.database)
  const dies = worker({ store: { ...store, forget: () => Promise.reject(new Error('killed')) } })
  expect(await dies.sweep(20)).toBe(0)
  expect([isStored(id), await rows()]).toEqual([false, [id]])
  expect(await worker().sweep(20)).toBe(1)
  expect(await rows()).toEqual([])
})

test('a message that is being stored with a picture keeps it, and the sweep waits to see', async () => {
  const id = await choose()
  nowMs += 2 * DAY_MS
  const storing = new pg.Client(site.db.adminUrl)
  await storing.connect()
  try {
    await storing.query('begin')
    // As attachUpload does, in a transaction that is still under way.
    await storing.query(
      `update app.uploads set message_id = (select id from app.messages where conversation_id = $2 limit 1) where id = $1`,
      [id, conversation],
    )
    const sweeping = worker().sweep(20)
    await waiting()
    await storing.query('commit')
    expect(await sweeping).toBe(0)
    expect([isStored(id), await rows()]).toEqual([true, [id]])
  } finally {
    await storing.end()
  }
})

test('of a message and a sweep at the same picture one has it, twenty times over', async () => {
  for (let round = 0; round < 20; round += 1) {
    const id = await choose()
    nowMs += 2 * DAY_MS
    const [sent] = await Promise.all([send(id), worker().sweep(20)])
    expect([round, sent.status, isStored(id)]).toEqual([round, sent.status === 201 ? 201 : 404, sent.status === 201])
  }
})

test('a folder gives up what nobody sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sax-unsent-'))
  try {
    const storage = folderStorage(folder, randomUUID)
    const id = await choose()
    await storage.put(keyOf(id), png, 'image/png')
    nowMs += 2 * DAY_MS
    expect(await worker({ storage }).sweep(20)).toBe(1)
    expect(await storage.get(keyOf(id))).toBeUndefined()
    await storage.remove(keyOf(id))
    await expect(storage.remove('../x')).rejects.toMatchObject({ code: 'not_a_name' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Until somebody waits for a row. */
async function waiting(): Promise<void> {
  for (;;) {
    const [row] = await site.db.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    if (row?.n !== 0) return
  }
}
