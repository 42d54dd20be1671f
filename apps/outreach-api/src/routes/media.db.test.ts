import { randomUUID } from 'node:crypto'
import { conversationScreen } from '@sax/api-contract'
import { afterEach, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { addPicture, png } from '../../test/pictures.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { MediaStorageError } from '../receiving/media/media-key.ts'

const site = sampleApi()
afterEach(() => {
  site.api.media.failing = undefined
})

const conversation = '30000000-0000-4000-8000-000000000001'
const message = '40000000-0000-4000-8000-000000010001'
const picture = (more: Parameters<typeof addPicture>[2] = {}) =>
  addPicture(site.db, message, { storage: site.api.media, ...more })
const get = (id: string, headers: Record<string, string> = {}, person = who.coordinator) =>
  site.api.as(person, `/media/${id}`, { headers })

test('a picture of a conversation within reach is served as what it was verified to be, and can run nothing', async () => {
  const { status, headers, bytes } = await get(await picture())
  expect(status).toBe(200)
  expect(Buffer.from(bytes).equals(png)).toBe(true)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(png.length),
    'content-disposition': 'inline; filename="picture.png"',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
})

test.each([
  ['image/jpeg', 'inline; filename="picture.jpg"'],
  ['image/heic', 'attachment; filename="picture.heic"'],
  ['application/pdf', 'attachment; filename="picture.pdf"'],
  ['video/mp4', 'attachment; filename="picture.mp4"'],
])('%s is sent as %s', async (contentType, disposition) => {
  const { headers } = await get(await picture({ contentType }))
  expect(headers.get('content-type')).toBe(contentType)
  expect(headers.get('content-disposition')).toBe(disposition)
})

test('a part of it is served where a part is asked for, and all of it where none is there', async () => {
  const id = await picture({ bytes: Buffer.from('hello, world') })
  const part = await get(id, { range: 'bytes=7-11' })
  expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'world', 'bytes 7-11/12'])
  const rest = await get(id, { range: 'bytes=7-4194303' })
  expect([rest.status, rest.text, rest.headers.get('content-range')]).toEqual([206, 'world', 'bytes 7-11/12'])
  for (const range of ['bytes=12-20', 'bytes=5-2', 'bytes=-3', 'bytes=0-1,3-4', 'lines=0-1']) {
    expect((await get(id, { range })).text).toBe('hello, world')
  }
})

test('who looked is in the audit log, with the conversation and whose it is', async () => {
  const id = await picture()
  await get(id)
  const [seen] = await site.db.query(
    'select action, sax_id, conversation_ids, patient_ids from app.audit_log order by id desc limit 1',
  )
  expect(seen).toMatchObject({ action: 'media.read', sax_id: '1386', conversation_ids: [conversation] })
  expect(seen?.patient_ids).not.toHaveLength(0)
})

test.each<[what: string, id: () => Promise<string>]>([
  ['that nobody has', async () => randomUUID()],
  ['that is still to be fetched', () => picture({ verdict: 'waiting' })],
  ['that was refused', () => picture({ verdict: 'refused' })],
  ['that storage has lost', () => addPicture(site.db, message)],
  ['whose name is none', async () => 'x'],
])('a picture %s is not found', async (_what, id) => {
  const { status, body } = await get(await id())
  expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
})

test('out of reach it is not found either, and nobody is said to have looked', async () => {
  const id = await picture()
  const looked = async () => (await site.db.query("select count(*) from app.audit_log where action = 'media.read'"))[0]
  const before = await looked()
  for (const person of [who.otherPracticesManager, who.otherTenantsCoordinator, who.otherTenantsAdministrator]) {
    expect((await get(id, {}, person)).status).toBe(404)
  }
  expect(await looked()).toEqual(before)
})

test('storage that does not answer is said to be away, in words that name nothing', async () => {
  const id = await picture()
  site.api.media.failing = new MediaStorageError('unavailable', { cause: new Error('bucket-of-somebody') })
  const { status, body, text } = await get(id)
  expect([status, body.code]).toEqual([503, 'UPSTREAM_UNAVAILABLE'])
  expect(text).not.toContain('bucket')
})

test('the screen says of each picture what became of it, and why', async () => {
  const [kept, refused] = [await picture(), await picture({ verdict: 'refused' })]
  await site.db.query("update app.message_media set refusal = 'too_large' where id = $1", [refused])
  const { body } = await site.api.as(who.coordinator, `/conversations/${conversation}`)
  const { media } = conversationScreen.parse(body).data.messages.find(({ id }) => id === message) ?? {}
  expect(media?.find(({ id }) => id === kept)).toEqual({
    id: kept,
    contentType: 'image/png',
    bytes: png.length,
    verdict: 'kept',
    refusal: null,
  })
  expect(media?.find(({ id }) => id === refused)).toMatchObject({ verdict: 'refused', refusal: 'too_large' })
})
