import { randomUUID } from 'node:crypto'
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { type Cloud, startCloud } from '@sax/cloud'
import { awsOfFunction } from '@sax/stored-secrets'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAX_MEDIA_BYTES } from './judge-media.ts'
import { mediaKey } from './media-key.ts'
import { s3Storage } from './s3-storage.ts'

const BUCKET = 'media-of-the-tests'
let cloud: Cloud
let owner: S3Client
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  const { region, credentials } = awsOfFunction.parse(cloud.env)
  owner = new S3Client({ endpoint: cloud.endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 })
  await owner.send(new CreateBucketCommand({ Bucket: BUCKET }))
  await owner.send(
    new PutBucketEncryptionCommand({
      Bucket: BUCKET,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
    }),
  )
})
afterAll(async () => {
  owner?.destroy()
  await cloud?.stop()
})

/** As a function has it whose environment is this. */
function storageOf({
  bucket = BUCKET,
  env = cloud.env,
}: {
  bucket?: string
  env?: Readonly<Record<string, string>>
} = {}) {
  const { region, credentials } = awsOfFunction.parse(env)
  return s3Storage({ bucket, region, credentials, endpoint: cloud.endpoint })
}
const someKey = () => mediaKey(randomUUID(), randomUUID())
const text = async (found: { readonly body: ReadableStream<Uint8Array> } | undefined) =>
  found && new Response(found.body).text()

test('what was put is got back, whole and in parts, and over it what was put later', async () => {
  const [storage, key] = [storageOf(), someKey()]
  await storage.put(key, Buffer.from('hello'), 'image/png')
  await storage.put(key, Buffer.from('hello, world'), 'image/png')
  const whole = await storage.get(key)
  expect(whole?.bytes).toBe(12)
  expect(await text(whole)).toBe('hello, world')
  const part = await storage.get(key, { first: 7, last: 11 })
  expect([part?.bytes, await text(part)]).toEqual([5, 'world'])
  expect(await text(await storage.get(key, { first: 7, last: 99 }))).toBe('world')
})

test('it arrives in pieces, and who has seen enough does not read the rest', async () => {
  const [storage, key] = [storageOf(), someKey()]
  await storage.put(key, Buffer.alloc(MAX_MEDIA_BYTES, 7), 'image/png')
  const found = await storage.get(key)
  const reader = found?.body.getReader()
  const first = await reader?.read()
  expect(first?.value?.length).toBeLessThan(MAX_MEDIA_BYTES)
  await reader?.cancel()
  expect(found?.bytes).toBe(MAX_MEDIA_BYTES)
})

test('an object says its type and nothing of encryption or of who may read it: the bucket does', async () => {
  const [storage, key] = [storageOf(), someKey()]
  await storage.put(key, Buffer.from('x'), 'image/gif')
  const object = await owner.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
  await object.Body?.transformToString()
  expect(object).toMatchObject({ ContentType: 'image/gif', ServerSideEncryption: 'aws:kms' })
  expect(object.Metadata).toEqual({})
  const { Grants } = await owner.send(new GetObjectAclCommand({ Bucket: BUCKET, Key: key }))
  expect(Grants?.map(({ Grantee }) => Grantee?.Type)).toEqual(['CanonicalUser'])
  const { ServerSideEncryptionConfiguration } = await owner.send(new GetBucketEncryptionCommand({ Bucket: BUCKET }))
  expect(ServerSideEncryptionConfiguration?.Rules).toHaveLength(1)
})

test('what is not there is nothing', async () => {
  expect(await storageOf().get(someKey())).toBeUndefined()
})

test('what is removed is not there any more, and removing it again is no fault', async () => {
  const [storage, key, other] = [storageOf(), someKey(), someKey()]
  for (const one of [key, other]) await storage.put(one, Buffer.from('hello'), 'image/png')
  for (let i = 0; i < 2; i += 1) await storage.remove(key)
  expect(await storage.get(key)).toBeUndefined()
  expect(await text(await storage.get(other))).toBe('hello')
})

test('what is denied is not taken for what is not there', async () => {
  const over = cloud.inject({
    ...{ service: 's3', action: 'GetObject', times: 1 },
    effect: { kind: 'error', code: 'AccessDenied', status: 403 },
  })
  await expect(storageOf().get(someKey())).rejects.toMatchObject({ code: 'unavailable' })
  over()
})

test('a name that is none of ours is refused before anybody is asked', async () => {
  const storage = storageOf({ bucket: 'no-such-bucket' })
  for (const key of ['../x', 'x', `${randomUUID()}/`, `${someKey()}/x`, `${randomUUID()}/O'Brien`]) {
    await expect(storage.put(key, Buffer.from('x'), 'image/png')).rejects.toMatchObject({ code: 'not_a_name' })
    await expect(storage.get(key)).rejects.toMatchObject({ code: 'not_a_name' })
    await expect(storage.remove(key)).rejects.toMatchObject({ code: 'not_a_name' })
  }
})

test('more than is kept is neither put nor got', async () => {
  const [storage, key] = [storageOf(), someKey()]
  const tooMuch = Buffer.alloc(MAX_MEDIA_BYTES + 1)
  await expect(storage.put(key, tooMuch, 'image/png')).rejects.toMatchObject({ code: 'too_large' })
  expect(await storage.get(key)).toBeUndefined()
  await owner.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: tooMuch }))
  await expect(storage.get(key)).rejects.toMatchObject({ code: 'too_large' })
})

test.each<[what: string, env: () => Readonly<Record<string, string>>, bucket: string]>([
  ['a bucket that is not there', () => cloud.env, 'no-such-bucket'],
  ['a session that is over', () => cloud.envOf({ expired: true }), BUCKET],
])('%s is unavailable, and the error names no place', async (_what, env, bucket) => {
  const [storage, key] = [storageOf({ env: env(), bucket }), someKey()]
  for (const act of [
    () => storage.put(key, Buffer.from('x'), 'image/png'),
    () => storage.get(key),
    () => storage.remove(key),
  ]) {
    const error = await act().catch((one: unknown) => one)
    expect(error).toMatchObject({ name: 'MediaStorageError', code: 'unavailable' })
    expect(String(error)).not.toContain(key)
    expect(String(error)).not.toContain(bucket)
  }
})

test('a call that fails once is made again', async () => {
  const [storage, key] = [storageOf(), someKey()]
  const over = cloud.inject({
    service: 's3',
    action: 'PutObject',
    times: 1,
    effect: { kind: 'error', code: 'InternalError', status: 500 },
  })
  await storage.put(key, Buffer.from('hello'), 'image/png')
  over()
  expect(await text(await storage.get(key))).toBe('hello')
})
