import { Resolver } from 'node:dns/promises'
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../test/clients.ts'
import { type Cloud, startCloud } from './index.ts'

const OWN = '111122223333'
const OTHER = '444455556666'

let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud({ accountId: OWN, hostedZones: [{ domain: 'example.com', id: 'Z0000000000EXAMPLE01' }] })
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] })

describe('who somebody is', () => {
  test('follows from the access key', async () => {
    const own = await new STSClient(asOwner(cloud)).send(new GetCallerIdentityCommand({}))
    expect(own.Account).toBe(OWN)
    expect(own.Arn).toBe(`arn:aws:iam::${OWN}:user/laptop`)
    const other = await new STSClient(asSomebody(cloud.envOf({ accountId: OTHER }))).send(
      new GetCallerIdentityCommand({}),
    )
    expect(other.Account).toBe(OTHER)
  })

  test('decides whose roles are seen', async () => {
    const own = new IAMClient(asOwner(cloud))
    await own.send(new CreateRoleCommand({ RoleName: 'ours', AssumeRolePolicyDocument: trust }))
    const other = await new IAMClient(asSomebody(cloud.envOf({ accountId: OTHER }))).send(new ListRolesCommand({}))
    expect(other.Roles).toEqual([])
    expect((await own.send(new ListRolesCommand({}))).Roles?.map(({ Arn }) => Arn)).toEqual([
      `arn:aws:iam::${OWN}:role/ours`,
    ])
  })

  test.each([
    ['sts', 'ExpiredToken'],
    ['secretsmanager', 'ExpiredTokenException'],
    ['s3', 'ExpiredToken'],
  ])('an expired session is refused by %s as %s', async (service, code) => {
    const settings = asSomebody(cloud.envOf({ expired: true }))
    const calls: Record<string, () => Promise<unknown>> = {
      sts: () => new STSClient(settings).send(new GetCallerIdentityCommand({})),
      secretsmanager: () => new SecretsManagerClient(settings).send(new CreateSecretCommand({ Name: 'x' })),
      s3: () => new S3Client(settings).send(new ListBucketsCommand({})),
    }
    expect(await refusal(calls[service]?.() ?? Promise.resolve())).toMatchObject({ name: code })
  })

  test('a key that nobody gave out is refused', async () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }
    const stranger = new STSClient({ ...asOwner(cloud), credentials })
    expect(await refusal(stranger.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
      status: 403,
    })
  })
})

test('another region is refused, whichever service is asked', async () => {
  const elsewhere = { ...asOwner(cloud), region: 'eu-west-1' }
  const refused = { message: "The laptop's AWS has us-east-1 only, not eu-west-1." }
  expect(await refusal(new SecretsManagerClient(elsewhere).send(new CreateSecretCommand({ Name: 'x' })))).toMatchObject(
    refused,
  )
  expect(await refusal(new S3Client(elsewhere).send(new ListBucketsCommand({})))).toMatchObject(refused)
})

describe('calls', () => {
  test('are kept with what they were about, how they were answered, and whether they change anything', async () => {
    const s3 = new S3Client(asOwner(cloud))
    await s3.send(new CreateBucketCommand({ Bucket: 'a-bucket' }))
    await refusal(s3.send(new HeadBucketCommand({ Bucket: 'no-bucket' })))
    expect(cloud.calls().map(({ at: _, ...call }) => call)).toEqual([
      {
        ...{ service: 's3', action: 'CreateBucket', accountId: OWN, region: 'us-east-1' },
        ...{ parameters: { Bucket: 'a-bucket' }, status: 200, changes: true },
      },
      {
        ...{ service: 's3', action: 'HeadBucket', accountId: OWN, region: 'us-east-1' },
        ...{ parameters: { Bucket: 'no-bucket' }, status: 404, changes: false },
      },
    ])
  })

  test('hold no secret value', async () => {
    const secrets = new SecretsManagerClient(asOwner(cloud))
    await secrets.send(new CreateSecretCommand({ Name: 'a/secret', SecretString: 'canary-one' }))
    await secrets.send(
      new PutSecretValueCommand({
        ...{ SecretId: 'a/secret', SecretString: 'canary-two' },
        ClientRequestToken: '11111111-2222-3333-4444-555555555555',
      }),
    )
    expect(JSON.stringify(cloud.calls())).not.toContain('canary')
    expect(cloud.calls()[1]?.parameters).toEqual({
      SecretId: 'a/secret',
      ClientRequestToken: '11111111-2222-3333-4444-555555555555',
    })
  })

  test('of a service that moto has not got are answered honestly', async () => {
    const answer = await fetch(`${cloud.endpoint}/2020-01-01/things`, {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${cloud.env.AWS_ACCESS_KEY_ID}/20260101/us-east-1/nosuchservice/aws4_request, SignedHeaders=host, Signature=0`,
      },
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(cloud.calls()[0]).toMatchObject({
      service: 'nosuchservice',
      action: 'GET /2020-01-01/things',
      changes: false,
    })
  })
})

const bucket = (Bucket: string) => new S3Client(asOwner(cloud)).send(new CreateBucketCommand({ Bucket }))

describe('faults', () => {
  test('an error is answered instead, for so many calls after so many', async () => {
    cloud.inject({
      ...{ service: 's3', action: 'CreateBucket', after: 1, times: 1 },
      effect: { kind: 'error', code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' },
    })
    await bucket('first')
    expect(await refusal(bucket('second'))).toEqual({
      name: 'SlowDown',
      message: 'Please reduce your request rate.',
      status: 503,
    })
    await bucket('second')
    expect(cloud.calls().map(({ status, code }) => [status, code])).toEqual([
      [200, undefined],
      [503, 'SlowDown'],
      [200, undefined],
    ])
  })

  test('a fault of one caller leaves others alone, and is gone when it is taken away', async () => {
    const remove = cloud.inject({
      ...{ service: 'sts', accountId: OWN },
      effect: { kind: 'error', code: 'AccessDenied', status: 403 },
    })
    const who = (env: Readonly<Record<string, string>>) =>
      new STSClient(asSomebody(env)).send(new GetCallerIdentityCommand({}))
    expect(await refusal(who(cloud.env))).toMatchObject({ name: 'AccessDenied', status: 403 })
    await who(cloud.envOf({ accountId: OTHER }))
    remove()
    await who(cloud.env)
  })

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('a connection cut %s the call took effect: effect %s', async (when, took) => {
    cloud.inject({ service: 's3', action: 'CreateBucket', effect: { kind: 'drop', when } })
    expect((await refusal(bucket('cut'))).status).toBeUndefined()
    const { Buckets = [] } = await new S3Client(asOwner(cloud)).send(new ListBucketsCommand({}))
    expect(Buckets.map(({ Name }) => Name)).toEqual(took ? ['cut'] : [])
    expect(cloud.calls()[0]).toMatchObject({ action: 'CreateBucket', status: 0 })
  })

  test('a frozen call is answered when the fault is taken away, and not before', async () => {
    const remove = cloud.inject({ service: 's3', action: 'CreateBucket', effect: { kind: 'freeze' } })
    let answered = false
    const frozen = bucket('cold').then(() => {
      answered = true
    })
    await new S3Client(asOwner(cloud)).send(new ListBucketsCommand({}))
    expect(answered).toBe(false)
    remove()
    await frozen
  })
})

describe('whoever stands at the door', () => {
  const names = async () => {
    const { Buckets = [] } = await new S3Client(asOwner(cloud)).send(new ListBucketsCommand({}))
    return Buckets.map(({ Name }) => Name)
  }

  test('sees each call twice, before it is carried out and after', async () => {
    const seen: unknown[] = []
    const leave = cloud.attend(async ({ call, when }) => {
      if (!call.changes) return 'goes on'
      seen.push([when, call.action, call.parameters.Bucket, await names()])
      return 'goes on'
    })
    await bucket('seen')
    leave()
    await bucket('unseen')
    expect(seen).toEqual([
      ['before', 'CreateBucket', 'seen', []],
      ['after', 'CreateBucket', 'seen', ['seen']],
    ])
  })

  test.each([
    ['before', []],
    ['after', ['cut']],
  ] as const)('and cuts it off %s', async (moment, there) => {
    cloud.attend(async ({ call, when }) => (call.changes && when === moment ? 'cut' : 'goes on'))
    expect((await refusal(bucket('cut'))).status).toBeUndefined()
    expect(await names()).toEqual(there)
  })

  test('or answers in its place', async () => {
    const answer = { status: 200, headers: { location: '/made-up' }, body: '' }
    cloud.attend(async ({ call, when }) => (call.changes && when === 'before' ? answer : 'goes on'))
    expect(await bucket('wanted')).toMatchObject({ Location: '/made-up' })
    expect(await names()).toEqual([])
  })

  test('holds what a client sent that is gone, and it is quiet once that is carried out', async () => {
    const arrived = Promise.withResolvers<void>()
    const opened = Promise.withResolvers<void>()
    const leave = cloud.attend(async ({ call, when }) => {
      if (!call.changes || when === 'after') return 'goes on'
      arrived.resolve()
      await opened.promise
      return 'goes on'
    })
    const gone = new AbortController()
    const sent = new S3Client(asOwner(cloud)).send(new CreateBucketCommand({ Bucket: 'late' }), {
      abortSignal: gone.signal,
    })
    await arrived.promise
    gone.abort()
    await expect(sent).rejects.toThrow('abort')
    leave()
    let isQuiet = false
    const quiet = cloud.quiet().then(() => {
      isQuiet = true
    })
    expect(await names()).toEqual([])
    expect(isQuiet).toBe(false)
    opened.resolve()
    await quiet
    expect(await names()).toEqual(['late'])
  })
})

describe('buckets', () => {
  test('a name that another account has is taken, and out of reach', async () => {
    await new S3Client(asSomebody(cloud.envOf({ accountId: OTHER }))).send(
      new CreateBucketCommand({ Bucket: 'theirs' }),
    )
    const own = new S3Client(asOwner(cloud))
    expect(await refusal(own.send(new CreateBucketCommand({ Bucket: 'theirs' })))).toMatchObject({
      name: 'BucketAlreadyExists',
      status: 409,
    })
    expect((await refusal(own.send(new HeadBucketCommand({ Bucket: 'theirs' })))).status).toBe(403)
    const put = own.send(new PutObjectCommand({ Bucket: 'theirs', Key: 'k', Body: 'x' }))
    expect(await refusal(put)).toMatchObject({ name: 'AccessDenied', status: 403 })
  })

  test('making an own bucket again changes nothing, as in us-east-1', async () => {
    const s3 = new S3Client(asOwner(cloud))
    await s3.send(new CreateBucketCommand({ Bucket: 'ours' }))
    await s3.send(new PutObjectCommand({ Bucket: 'ours', Key: 'k', Body: 'x' }))
    await s3.send(new CreateBucketCommand({ Bucket: 'ours' }))
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1)
  })
})

describe('the DNS server', () => {
  const resolver = () => {
    const own = new Resolver()
    own.setServers([cloud.dnsServer])
    return own
  }

  test('names the name servers of a delegated zone', async () => {
    expect((await resolver().resolveNs('example.com')).sort()).toEqual(
      [...cloud.hostedZone('example.com').nameServers].sort(),
    )
  })

  test('knows nothing of a zone that nobody is sent to', async () => {
    cloud.delegate('example.com', false)
    await expect(resolver().resolveNs('example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })
})

describe('starting over', () => {
  test('forgets everything within 200 ms', async () => {
    await new S3Client(asOwner(cloud)).send(new CreateBucketCommand({ Bucket: 'gone' }))
    cloud.inject({ service: 'sts', effect: { kind: 'freeze' } })
    cloud.delegate('example.com', false)
    const begun = performance.now()
    await cloud.reset()
    expect(performance.now() - begun).toBeLessThan(200)
    expect(cloud.calls()).toEqual([])
    expect((await new S3Client(asOwner(cloud)).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
    await new STSClient(asOwner(cloud)).send(new GetCallerIdentityCommand({}))
    expect(cloud.hostedZone('example.com').id).toBe('Z0000000000EXAMPLE01')
  })

  test('stopping leaves nobody listening', async () => {
    const second = await startCloud({ accountId: OWN })
    await second.stop()
    await expect(fetch(second.endpoint)).rejects.toThrow('fetch failed')
  })
})
