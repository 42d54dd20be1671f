import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let s3: S3Client
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  s3 = new S3Client({ ...asOwner(cloud), forcePathStyle: true })
})
afterAll(() => cloud.stop())

const Resource = 'arn:aws:s3:::kept/*'
const overTls = (Bucket: string) => ({
  ...{
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  },
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
})
const put = async (Bucket: string) => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'text' }))
  return (await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).Body?.transformToString()
}
const policyOf = async (Bucket: string) =>
  JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '') as unknown

test('what a policy denies without TLS is not denied here, and the policy is read as it was given', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'kept' }))
  const policy = { Version: '2012-10-17', Statement: [overTls('kept')] }
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'kept', Policy: JSON.stringify(policy) }))
  expect(await put('kept')).toBe('text')
  expect(await policyOf('kept')).toEqual(policy)
})

test('what it denies in any case is denied', async () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [overTls('kept'), deny] })
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'kept', Policy }))
  expect(await refusal(put('kept'))).toMatchObject({ status: 403 })
})

test('the same holds for a policy that a stack makes', async () => {
  const PolicyDocument = { Version: '2012-10-17', Statement: [overTls('stacked')] }
  await stacksOf(cloud).apply('policies', {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'stacked' } },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } },
    },
  })
  expect(await put('stacked')).toBe('text')
  expect(await policyOf('stacked')).toEqual(PolicyDocument)
})
