import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OriginGrants } from '../config/distribution.ts'
import { createS3Bucket } from './s3-bucket.ts'

let root = ''
const hello = 'hello, world'
/** md5 of `hello, world`, from md5sum. */
const ETAG = '"e4d7f1b4ed2e42d15898f4b27b019da4"'

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bucket-'))
  await mkdir(join(root, 'bucket/a b'), { recursive: true })
  await writeFile(join(root, 'bucket/hello.txt'), hello)
  await utimes(join(root, 'bucket/hello.txt'), 1_760_000_000.9, 1_760_000_000.9)
  await writeFile(join(root, 'bucket/a b/\u00e9.css'), 'p {}')
  await writeFile(join(root, 'bucket/empty.js'), '')
  await writeFile(join(root, 'outside.txt'), 'secret')
  await symlink(join(root, 'outside.txt'), join(root, 'bucket/link.txt'))
})
afterAll(() => rm(root, { recursive: true }))

const granted: OriginGrants = { distributions: ['E1', 'E2'], mayList: true, authType: undefined }

interface Asked {
  readonly grants?: OriginGrants | undefined
  readonly signedBy?: string | undefined
  readonly method?: string
  readonly headers?: Record<string, string>
}

function get(target: string, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', headers = {} } = asked
  const bucket = createS3Bucket({
    grants: 'grants' in asked ? asked.grants : granted,
    placeOf: (key) => ({
      folder: join(root, 'bucket'),
      path: key,
      cacheControl: key.endsWith('.txt') ? 'max-age=1' : undefined,
    }),
  })
  return bucket({
    target,
    method,
    headers: new Headers(headers),
    body: null,
    signal: new AbortController().signal,
    signedBy: 'signedBy' in asked ? asked.signedBy : 'E1',
  })
}

test('a key is answered with its type, tag, date and lifetime', async () => {
  const response = await get('/hello.txt?x=1')
  expect([response.status, await response.text()]).toEqual([200, hello])
  expect(Object.fromEntries(response.headers)).toEqual({
    'accept-ranges': 'bytes',
    'cache-control': 'max-age=1',
    'content-length': '12',
    'content-type': 'text/plain',
    etag: ETAG,
    'last-modified': 'Thu, 09 Oct 2025 08:53:20 GMT',
    server: 'AmazonS3',
  })
})

test('a key is the decoded path', async () => {
  const response = await get('/a%20b/%C3%A9.css')
  expect([await response.text(), response.headers.get('content-type')]).toEqual(['p {}', 'text/css'])
})

test('HEAD and an empty object have no body', async () => {
  const head = await get('/hello.txt', { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), head.body]).toEqual([200, '12', null])
  expect(await (await get('/empty.js')).text()).toBe('')
})

test.each<[what: string, asked: Asked]>([
  ['without a signature', { signedBy: undefined }],
  ['signed by a distribution that the policy does not name', { signedBy: 'E3' }],
  ['of a bucket without a policy', { grants: undefined }],
  ['by OPTIONS without CORS rules', { method: 'OPTIONS' }],
])('R6: a request %s is refused', async (_what, asked) => {
  const response = await get('/hello.txt', asked)
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('<Code>Access')])
})

test('R6: each distribution that the policy names is answered, and anybody where the bucket is public', async () => {
  expect((await get('/hello.txt', { signedBy: 'E2' })).status).toBe(200)
  const open = { ...granted, distributions: ['*'] }
  expect((await get('/hello.txt', { grants: open, signedBy: undefined })).status).toBe(200)
})

test('a missing key is 404 for who may list, and 403 for all others', async () => {
  const missing = await get('/missing.js')
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('<Code>NoSuchKey</Code>')])
  const hidden = await get('/missing.js', { grants: { ...granted, mayList: false } })
  expect([hidden.status, await hidden.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')])
})

test.each<[target: string]>([
  ['/../outside.txt'],
  ['/%2e%2e/outside.txt'],
  ['/a%2f..%2f..%2foutside.txt'],
  ['/link.txt'],
  ['/%00'],
  ['/%zz'],
  ['/'],
  ['/a%20b'],
])('%s leads to no file', async (target) => {
  expect((await get(target)).status).toBe(404)
})

test.each<[method: string]>([['PUT'], ['POST'], ['DELETE']])('%s is no way to ask a bucket', async (method) => {
  expect((await get('/hello.txt', { method })).status).toBe(405)
})

test.each<[range: string, status: number, contentRange: string | null, text: string]>([
  ['bytes=0-4', 206, 'bytes 0-4/12', 'hello'],
  ['bytes=7-', 206, 'bytes 7-11/12', 'world'],
  ['bytes=-5', 206, 'bytes 7-11/12', 'world'],
  ['bytes=7-999', 206, 'bytes 7-11/12', 'world'],
  ['bytes=-', 200, null, hello],
  ['bytes=0-1,3-4', 200, null, hello],
])('range %s', async (range, status, contentRange, text) => {
  const response = await get('/hello.txt', { headers: { range } })
  expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
    status,
    contentRange,
    text,
  ])
  expect(response.headers.get('content-length')).toBe(String(text.length))
})

test.each<[range: string]>([['bytes=12-'], ['bytes=5-4']])('range %s cannot be served', async (range) => {
  expect((await get('/hello.txt', { headers: { range } })).status).toBe(416)
})

test.each<[headers: Record<string, string>, status: number]>([
  [{ 'if-none-match': ETAG }, 304],
  [{ 'if-none-match': `"x", W/${ETAG}` }, 304],
  [{ 'if-none-match': '*' }, 304],
  [{ 'if-none-match': '"x"' }, 200],
  [{ 'if-modified-since': 'Thu, 09 Oct 2025 08:53:20 GMT' }, 304],
  [{ 'if-modified-since': 'Thu, 09 Oct 2025 08:53:19 GMT' }, 200],
  [{ 'if-modified-since': 'yesterday' }, 200],
  [{ 'if-none-match': '"x"', 'if-modified-since': 'Thu, 09 Oct 2025 08:53:20 GMT' }, 200],
])('%j is answered %i', async (headers, status) => {
  const response = await get('/hello.txt', { headers })
  expect([response.status, response.headers.get('etag')]).toEqual([status, ETAG])
  await response.body?.cancel()
})

test('a file that changes gets another tag', async () => {
  await writeFile(join(root, 'bucket/changing.js'), 'one')
  const bucket = createS3Bucket({
    grants: granted,
    placeOf: (path) => ({ folder: join(root, 'bucket'), path, cacheControl: undefined }),
  })
  const tag = async () => {
    const request = { target: '/changing.js', method: 'HEAD', headers: new Headers(), body: null, signedBy: 'E1' }
    return (await bucket({ ...request, signal: new AbortController().signal })).headers.get('etag')
  }
  const before = await tag()
  await writeFile(join(root, 'bucket/changing.js'), 'three')
  expect([before, await tag()]).toEqual(['"f97c5d29941bfb1b2fdab0874906ab82"', '"35d6d33467aae9a2e3dccb4b6b027878"'])
})
