import { randomUUID } from 'node:crypto'
import { PICTURE_BYTES } from '@sax/api-contract'
import { afterEach, expect, test } from 'vitest'
import { type contextOf, who } from '../../test/api.ts'
import { png } from '../../test/pictures.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { MediaStorageError } from '../receiving/media/media-key.ts'
import { createOutboxStore } from '../store/outbox.ts'

const site = sampleApi()
afterEach(() => {
  site.api.media.failing = undefined
})

const conversation = '30000000-0000-4000-8000-000000000001'
const elsewhere = '30000000-0000-4000-8000-000000000002'
type Person = ReturnType<typeof contextOf>

const upload = (
  file: Uint8Array | string = png,
  { type = 'image/png', id = conversation, person = who.coordinator as Person } = {},
) =>
  site.api.as(person, `/conversations/${id}/media`, { method: 'POST', body: file, headers: { 'content-type': type } })
const uploaded = async (more: Parameters<typeof upload>[1] = {}) => String((await upload(png, more)).body.data.id)
const send = (more: object, { id = conversation, person = who.coordinator as Person } = {}) =>
  site.api.as(person, `/conversations/${id}/messages`, {
    method: 'POST',
    body: { clientId: randomUUID(), body: 'Like this', seenSeq: 999, ...more },
  })

test('a picture that was chosen is kept under a name of two ids, and is its author’s alone to see', async () => {
  const { status, body } = await upload()
  expect([status, body.data]).toEqual([201, { id: expect.any(String), contentType: 'image/png', bytes: png.length }])
  const key = `${who.coordinator.tenantId}/${body.data.id}`
  expect(site.api.media.files.get(key)).toMatchObject({ contentType: 'image/png' })
  const see = async (person: Person) => (await site.api.as(person, `/media/${body.data.id}`)).status
  expect(await see(who.coordinator)).toBe(200)
  expect(await see(who.otherCoordinator)).toBe(404)
  expect(await see(who.administrator)).toBe(404)
})

test.each<[what: string, file: () => Uint8Array | string, type: string, status: number]>([
  ['a page', () => '<script>alert(1)</script>', 'text/html', 415],
  ['a page that says it is a picture', () => '<script>alert(1)</script>', 'image/png', 400],
  ['a PNG that says it is a JPEG', () => png, 'image/jpeg', 400],
  ['a picture of a kind that is received only', () => Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), 'image/webp', 415],
  ['a document', () => '%PDF-1.4\n%%EOF', 'application/pdf', 415],
  ['nothing', () => '', 'image/png', 400],
  ['a picture that ends half-way', () => png.subarray(0, 50), 'image/png', 400],
  ['too much', () => Buffer.concat([png, Buffer.alloc(PICTURE_BYTES)]), 'image/png', 413],
])('%s is not taken to be sent, and not stored', async (_what, file, type, status) => {
  const before = site.api.media.files.size
  const { status: answered, body } = await upload(file(), { type })
  expect([answered, body.code]).toEqual([status, 'VALIDATION_ERROR'])
  expect(site.api.media.files.size).toBe(before)
})

test('where a photo was taken does not get into storage, and with it not to the carrier', async () => {
  const text = Buffer.from('Comment\0Home, 42.3601 N')
  // A chunk of text in front of the pixels: length, type, content, and a check that nobody reads here.
  const told = Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from('tEXt'), text, Buffer.alloc(4)])
  const { status, body } = await upload(Buffer.concat([png.subarray(0, 33), told, png.subarray(33)]))
  expect([status, body.data.bytes]).toEqual([201, png.length])
  const stored = site.api.media.files.get(`${who.coordinator.tenantId}/${body.data.id}`)
  expect(Buffer.from(stored?.bytes ?? [])).toEqual(png)
})

test('as much as is allowed is taken', async () => {
  expect((await upload(Buffer.concat([png, Buffer.alloc(PICTURE_BYTES - png.length)]))).status).toBe(201)
})

test('where storage does not answer it is said, and a picture that gets there later has a row to be found by', async () => {
  site.api.media.failing = new MediaStorageError('unavailable')
  const uploads = async () => Number((await site.db.query('select count(*) from app.uploads'))[0]?.count)
  const before = await uploads()
  const { status, text } = await upload()
  expect(status).toBe(503)
  const [newest] = await site.db.query('select id from app.uploads order by created_at desc limit 1')
  expect([await uploads(), text.includes(String(newest?.id))]).toEqual([before + 1, false])
})

test('a message takes its picture along: everybody of the practice sees it, and the outbox knows it', async () => {
  const pictureId = await uploaded()
  const { status, body } = await send({ pictureId })
  expect([status, body.data.segmentCount]).toEqual([201, 1])
  expect(body.data.media).toEqual([
    { id: pictureId, contentType: 'image/png', bytes: png.length, verdict: 'kept', refusal: null },
  ])
  expect((await site.api.as(who.otherCoordinator, `/media/${pictureId}`)).status).toBe(200)
  const key = { tenantId: who.coordinator.tenantId, messageId: body.data.id }
  const store = createOutboxStore(site.api.database, Date.now)
  expect(await store.letter({ ...key, token: 't', work: 'send', attempts: 0 })).toMatchObject({
    body: 'Like this',
    pictures: [pictureId],
  })
})

test('a picture needs no words, but without it words are needed', async () => {
  const { status, body } = await send({ body: '', pictureId: await uploaded() })
  expect([status, body.data.body]).toEqual([201, ''])
  expect((await send({ body: '' })).body.details.fields).toEqual({ body: 'Write something, or choose a picture' })
  expect((await send({ body: '  ', pictureId: await uploaded() })).status).toBe(400)
})

test('sent again under the same client id it is the same message, and with another picture it is refused', async () => {
  const [pictureId, other, clientId] = [await uploaded(), await uploaded(), randomUUID()]
  const first = await send({ clientId, pictureId })
  const again = await send({ clientId, pictureId })
  expect([again.status, again.body.data.id]).toEqual([201, first.body.data.id])
  expect((await send({ clientId, pictureId: other })).status).toBe(422)
  expect((await send({ clientId })).status).toBe(422)
})

test.each<[what: string, picture: () => Promise<string>]>([
  ['that nobody has', async () => randomUUID()],
  ['of another conversation', () => uploaded({ id: elsewhere })],
  ['that somebody else chose', () => uploaded({ person: who.otherCoordinator })],
  [
    'that went with another message',
    async () => {
      const pictureId = await uploaded()
      await send({ pictureId })
      return pictureId
    },
  ],
])('a picture %s is not sent, and neither is the message', async (_what, picture) => {
  const pictureId = await picture()
  const clientId = randomUUID()
  const { status, body } = await send({ clientId, pictureId })
  expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  expect(await site.db.query('select id from app.messages where client_id = $1', [clientId])).toEqual([])
})

test('choosing and looking are in the audit log', async () => {
  const pictureId = await uploaded()
  await site.api.as(who.coordinator, `/media/${pictureId}`)
  const rows = await site.db.query('select action, conversation_ids from app.audit_log order by id desc limit 2')
  expect(rows).toEqual([
    { action: 'media.read', conversation_ids: [conversation] },
    { action: 'media.upload', conversation_ids: [conversation] },
  ])
})
