import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sax/logging'
import { expect, test } from 'vitest'
import { mediaFetcher } from './fetch-media.ts'
import { folderStorage } from './folder-storage.ts'
import { judgeMedia, MAX_MEDIA_BYTES } from './judge-media.ts'
import { mediaKey } from './media-key.ts'
import type { DueMedia, FetchedMedia } from './media-ports.ts'
import { createMediaWorker } from './media-worker.ts'

const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } })
/** The smallest of each kind: magic numbers and as little as tells them apart. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const jpeg = Buffer.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9,
])
const pdf = Buffer.from('%PDF-1.4\n%%EOF')
const script = Buffer.from('<script>alert(1)</script>')
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])

test.each<[what: string, bytes: Buffer, says: string, verdict: string]>([
  ['a PNG', png, 'image/png', 'image/png'],
  ['a GIF', gif, 'image/gif', 'image/gif'],
  ['a JPEG under its old name', jpeg, 'image/jpg', 'image/jpeg'],
  ['a PDF with a parameter', pdf, 'application/pdf; charset=binary', 'application/pdf'],
  ['a PNG that says it is a JPEG', png, 'image/jpeg', 'mismatch'],
  ['a page that says it is a picture', script, 'image/png', 'mismatch'],
  ['a program that says it is a picture', program, 'image/jpeg', 'mismatch'],
  ['a program that says what it is', program, 'application/x-msdownload', 'kind'],
  ['a page that says what it is', script, 'text/html', 'kind'],
  ['nothing', Buffer.alloc(0), 'image/png', 'mismatch'],
  ['a PNG that is too large', Buffer.concat([png, Buffer.alloc(MAX_MEDIA_BYTES)]), 'image/png', 'too_large'],
  ['a PNG that says nothing', png, '', 'kind'],
  ['a PNG with a trap for a name', png, '__proto__', 'kind'],
])('%s is judged by what it is', async (_what, bytes, says, verdict) => {
  const judged = await judgeMedia(bytes, says)
  expect(judged.kind === 'good' ? judged.contentType : judged.why).toBe(verdict)
})

interface Asked {
  readonly url: string
  readonly authorization: string | undefined
}

function fetcherOf(answers: Readonly<Record<string, () => Response>>, baseUrl = 'https://api.example.test') {
  const asked: Asked[] = []
  const fetchMedia = mediaFetcher({
    baseUrl,
    credentials: async () => ({ user: 'AC1', password: 'secret' }),
    fetch: async (input, init) => {
      const url = String(input)
      asked.push({ url, authorization: new Headers(init?.headers).get('authorization') ?? undefined })
      const answer = answers[url]
      if (answer === undefined) throw new TypeError('fetch failed')
      return answer()
    },
  })
  return { asked, fetchMedia }
}

const redirect = (location: string) => () => new Response(null, { status: 307, headers: { location } })
const there = 'https://api.example.test/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1'
const basic = `Basic ${Buffer.from('AC1:secret').toString('base64')}`

test('credentials go to the carrier and not to where it sends us', async () => {
  const elsewhere = 'https://media.example.com/picture'
  const { asked, fetchMedia } = fetcherOf({
    [there]: redirect(elsewhere),
    [elsewhere]: () => new Response(new Uint8Array(png)),
  })
  expect(await fetchMedia(there)).toMatchObject({ kind: 'fetched', bytes: png })
  expect(asked).toEqual([
    { url: there, authorization: basic },
    { url: elsewhere, authorization: undefined },
  ])
})

test.each<
  [what: string, url: string, answers: Record<string, () => Response>, kind: FetchedMedia['kind'], calls: number]
>([
  ['an address that is not the carrier', 'https://evil.example.com/x', {}, 'refused', 0],
  ['the inside of the network', 'http://169.254.169.254/latest', {}, 'refused', 0],
  ['the same name without protection', there.replace('https', 'http'), {}, 'refused', 0],
  ['a way on that is not protected', there, { [there]: redirect('http://127.0.0.1/x') }, 'refused', 1],
  ['a circle', there, { [there]: redirect(there) }, 'refused', 4],
  ['what is gone', there, { [there]: () => new Response('', { status: 404 }) }, 'refused', 1],
  ['a carrier that fails', there, { [there]: () => new Response('', { status: 500 }) }, 'failed', 1],
  ['a carrier that is not there', there, {}, 'failed', 1],
  ['more than is kept', there, { [there]: () => new Response(new Uint8Array(MAX_MEDIA_BYTES + 1)) }, 'refused', 1],
])('%s: %s is %s', async (_what, url, answers, kind, calls) => {
  const { asked, fetchMedia } = fetcherOf(answers)
  expect((await fetchMedia(url)).kind).toBe(kind)
  expect(asked).toHaveLength(calls)
})

const due = (attempts = 1): DueMedia => ({
  tenantId: randomUUID(),
  mediaId: randomUUID(),
  url: there,
  contentType: 'image/png',
  attempts,
})

async function bring(media: DueMedia, fetched: FetchedMedia) {
  const put: string[] = []
  const settled: unknown[] = []
  const worker = createMediaWorker({
    store: {
      take: async () => [media],
      kept: async (_media, as) => void settled.push(as),
      refused: async (_media, why) => void settled.push(why),
    },
    storage: { put: async (key) => void put.push(key), get: async () => undefined, remove: async () => undefined },
    fetchMedia: async () => fetched,
    nowMs: Date.now,
    logger,
  })
  expect(await worker.sweep(5)).toBe(1)
  return { put, settled }
}

test('a picture is stored before it is called kept', async () => {
  const media = due()
  const storageKey = `${media.tenantId}/${media.mediaId}`
  expect(await bring(media, { kind: 'fetched', bytes: png })).toEqual({
    put: [storageKey],
    settled: [{ storageKey, contentType: 'image/png', bytes: png.length }],
  })
})

test.each<[what: string, fetched: FetchedMedia, attempts: number, settled: readonly unknown[]]>([
  ['is not what it says', { kind: 'fetched', bytes: gif }, 1, ['mismatch']],
  ['is gone', { kind: 'refused', why: 'gone' }, 1, ['gone']],
  ['is too large', { kind: 'refused', why: 'too_large' }, 1, ['too_large']],
  ['cannot be had now', { kind: 'failed' }, 9, []],
  ['could not be had ten times', { kind: 'failed' }, 10, ['not_fetched']],
])('a picture that %s is not stored', async (_what, fetched, attempts, settled) => {
  expect(await bring(due(attempts), fetched)).toEqual({ put: [], settled })
})

test('a folder keeps a picture whole, for its owner alone, and under its own name only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sax-media-'))
  try {
    const storage = folderStorage(folder, randomUUID)
    const [tenant, media] = [randomUUID(), randomUUID()]
    await storage.put(`${tenant}/${media}`, png, 'image/png')
    await storage.put(`${tenant}/${media}`, png, 'image/png')
    expect(readdirSync(join(folder, tenant))).toEqual([media])
    expect(readFileSync(join(folder, tenant, media))).toEqual(png)
    expect(statSync(join(folder, tenant, media)).mode & 0o077).toBe(0)
    for (const key of ['../x', `${tenant}/../../x`, 'x', `${tenant}/${media}/x`]) {
      await expect(storage.put(key, png, 'image/png')).rejects.toMatchObject({ code: 'not_a_name' })
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'not_a_name' })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a folder gives back what it was given, whole and in parts, and nothing for what it was not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sax-media-'))
  try {
    const storage = folderStorage(folder, randomUUID)
    const key = mediaKey(randomUUID(), randomUUID())
    expect(await storage.get(key)).toBeUndefined()
    await storage.put(key, Buffer.from('hello, world'), 'image/png')
    const read = async (part?: { first: number; last: number }) => {
      const found = await storage.get(key, part)
      return [found?.bytes, await new Response(found?.body).text()]
    }
    expect(await read()).toEqual([12, 'hello, world'])
    expect(await read({ first: 0, last: 4 })).toEqual([5, 'hello'])
    expect(await read({ first: 7, last: 99 })).toEqual([5, 'world'])
    await expect(storage.put(key, Buffer.alloc(MAX_MEDIA_BYTES + 1), 'image/png')).rejects.toMatchObject({
      code: 'too_large',
    })
    expect(await read()).toEqual([12, 'hello, world'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
