import { CloudControlClient, GetResourceCommand, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let control: CloudControlClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  control = new CloudControlClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await stacksOf(cloud).apply('a', {
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'a-bucket', VersioningConfiguration: { Status: 'Enabled' } },
      },
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          ...{ Name: 'acl', Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } },
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'acl', SampledRequestsEnabled: false },
        },
      },
    },
  })
})

const get = (TypeName: string, Identifier: string, client = control) =>
  client.send(new GetResourceCommand({ TypeName, Identifier }))

test('a resource comes in the shape of a template', async () => {
  const { ResourceDescription } = await get('AWS::S3::Bucket', 'a-bucket')
  expect(JSON.parse(ResourceDescription?.Properties ?? '')).toMatchObject({
    ...{ BucketName: 'a-bucket', VersioningConfiguration: { Status: 'Enabled' }, Arn: 'arn:aws:s3:::a-bucket' },
  })
})

test('identifiers of several parts are joined by bars', async () => {
  const { ResourceDescriptions = [] } = await control.send(new ListResourcesCommand({ TypeName: 'AWS::WAFv2::WebACL' }))
  const [{ Identifier = '' } = {}] = ResourceDescriptions
  expect(Identifier).toMatch(/^acl\|[0-9a-f-]{36}\|CLOUDFRONT$/)
  expect((await get('AWS::WAFv2::WebACL', Identifier)).ResourceDescription?.Identifier).toBe(Identifier)
})

describe('is refused', () => {
  test.each([
    ['what is not there', 'AWS::S3::Bucket', 'no-bucket', 'ResourceNotFoundException'],
    ['a type that AWS has not got', 'AWS::S3::Pail', 'x', 'TypeNotFoundException'],
    ['a type that cannot be read back', 'AWS::Route53::RecordSet', 'x', 'UnsupportedActionException'],
    ['an identifier of too few parts', 'AWS::WAFv2::WebACL', 'acl', 'ValidationException'],
  ])('%s', async (_why, type, identifier, code) => {
    expect(await refusal(get(type, identifier))).toMatchObject({ name: code })
  })

  test('what belongs to another account', async () => {
    const other = new CloudControlClient(asSomebody(cloud.envOf({ accountId: '444455556666' })))
    expect(await refusal(get('AWS::S3::Bucket', 'a-bucket', other))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
