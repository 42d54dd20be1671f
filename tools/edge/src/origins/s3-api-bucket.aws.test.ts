import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type Cloud, startCloud } from '@sax/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OriginGrants } from '../config/distribution.ts'
import { createS3ApiBucket } from './s3-api-bucket.ts'

let cloud: Cloud
let s3: S3Client
/** md5 of `hello, world`, from md5sum. */
const ETAG = '"e4d7f1b4ed2e42d15898f4b27b019da4"'
const granted: OriginGrants = { distributions: ['E1'], mayList: true, authType: undefined }

beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  const credentials = { accessKeyId: 'AKIA111122223333', secretAccessKey: 'laptop' }
  s3 = new S3Client({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'assets' }))
  const about = { ContentType: 'text/css', CacheControl: 'max-age=1' }
  await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'a b/é.css', Body: 'hello, world', ...about }))
  await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'empty.js', Body: '' }))
})
afterAll(async () => {
  s3.destroy()
  await cloud.stop()
})

interface Asked {
  readonly grants?: OriginGrants | undefined
  readonly signedBy?: string | undefined
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly bucket?: string
}

function get(target: string, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', headers = {}, bucket = 'assets' } = asked
  const fetcher = createS3ApiBucket({ s3, bucket, grants: 'grants' in asked ? asked.grants : granted })
  return fetcher({
    ...{ target, method, headers: new Headers(headers), body: null, signal: new AbortController().signal },
    signedBy: 'signedBy' in asked ? asked.signedBy : 'E1',
  })
}

const FILE = '/a%20b/%C3%A9.css'

test('a key is the decoded path, answered with its type, tag and lifetime', async () => {
  const response = await get(`${FILE}?x=1`)
  expect([response.status, await response.text()]).toEqual([200, 'hello, world'])
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...{ 'cache-control': 'max-age=1', 'content-length': '12', 'content-type': 'text/css', etag: ETAG },
    server: 'AmazonS3',
  })
  expect(await (await get('/empty.js')).text()).toBe('')
})

test('HEAD, a range, and what the viewer holds already', async () => {
  const head = await get(FILE, { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '12'])
  const part = await get(FILE, { headers: { range: 'bytes=7-' } })
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'world', 'bytes 7-11/12'])
  const held = await get(FILE, { headers: { 'if-none-match': ETAG } })
  expect([held.status, await held.text()]).toEqual([304, ''])
})

test.each<[what: string, target: string, asked: Asked, status: number]>([
  ['C6: a distribution that the policy does not name', FILE, { signedBy: 'E2' }, 403],
  ['nobody’s signature', FILE, { signedBy: undefined }, 403],
  ['a bucket without a policy', FILE, { grants: undefined }, 403],
  ['a missing key, for who may list', '/none.js', {}, 404],
  ['a missing key, for who may not', '/none.js', { grants: { ...granted, mayList: false } }, 403],
  ['a bucket that is not there', FILE, { bucket: 'gone' }, 404],
  ['the bucket itself', '/', {}, 404],
  ['a write', FILE, { method: 'PUT' }, 405],
  ['a range beyond the end', FILE, { headers: { range: 'bytes=99-' } }, 416],
])('%s', async (_what, target, asked, status) => {
  expect((await get(target, asked)).status).toBe(status)
})
