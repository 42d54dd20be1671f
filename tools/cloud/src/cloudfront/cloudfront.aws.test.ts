import { ACMClient, DeleteCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm'
import * as sdk from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

let cloud: Cloud
let front: sdk.CloudFrontClient
beforeAll(async () => {
  cloud = await startCloud({
    accountId: '111122223333',
    hostedZones: [{ domain: 'example.com', id: 'Z00000000000000000A1' }],
  })
  front = new sdk.CloudFrontClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const config = (
  more: Partial<sdk.DistributionConfig> = {},
  behavior: Partial<sdk.DefaultCacheBehavior> = {},
): sdk.DistributionConfig => ({
  ...{ CallerReference: 'one', Comment: 'a distribution', Enabled: true },
  Origins: {
    Quantity: 1,
    Items: [
      {
        ...{ Id: 'origin', DomainName: 'origin.example.com' },
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
      },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'origin',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: DISABLED,
    ...behavior,
  },
  ...more,
})
const create = async (given = config()) => {
  const { Distribution, ETag = '' } = await front.send(new sdk.CreateDistributionCommand({ DistributionConfig: given }))
  return { id: Distribution?.Id ?? '', etag: ETag, distribution: Distribution }
}
/** A certificate that is issued, as a stack makes one. */
const certificate = async (...names: string[]) => {
  const [DomainName, ...SubjectAlternativeNames] = names
  const stack = await stacksOf(cloud).apply('certificates', {
    Resources: {
      C: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: {
          ...{ DomainName, ValidationMethod: 'DNS' },
          ...(SubjectAlternativeNames.length === 0 ? {} : { SubjectAlternativeNames }),
          DomainValidationOptions: names.map((name) => ({ DomainName: name, HostedZoneId: 'Z00000000000000000A1' })),
        },
      },
    },
    Outputs: { Arn: { Value: { Ref: 'C' } } },
  })
  return stack.Outputs?.[0]?.OutputValue ?? ''
}
const named = (arn: string, ...Items: string[]): Partial<sdk.DistributionConfig> => ({
  Aliases: { Quantity: Items.length, Items },
  ViewerCertificate: { ACMCertificateArn: arn, SSLSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
})

describe('a distribution', () => {
  test('is deployed when somebody looks, and comes back as it was given, functions and access control included', async () => {
    const control = await front.send(
      new sdk.CreateOriginAccessControlCommand({
        OriginAccessControlConfig: {
          Name: 'oac',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
          OriginAccessControlOriginType: 'lambda',
        },
      }),
    )
    const edge = await publishedFunction('at-the-edge')
    const given = config(
      {},
      {
        OriginRequestPolicyId: EXCEPT_HOST,
        FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN: edge }] },
      },
    )
    const [origin] = given.Origins?.Items ?? []
    if (origin === undefined) throw new Error('no origin')
    origin.OriginAccessControlId = control.OriginAccessControl?.Id
    const { id, distribution } = await create(given)
    expect(distribution).toMatchObject({
      ARN: `arn:aws:cloudfront::111122223333:distribution/${id}`,
      DomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
    })
    const { DistributionConfig } = await front.send(new sdk.GetDistributionConfigCommand({ Id: id }))
    expect(DistributionConfig).toMatchObject({
      Origins: {
        Quantity: 1,
        Items: [{ OriginAccessControlId: control.OriginAccessControl?.Id, ConnectionAttempts: 3 }],
      },
      DefaultCacheBehavior: {
        ...{ CachePolicyId: DISABLED, OriginRequestPolicyId: EXCEPT_HOST, Compress: false },
        FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN: edge }] },
      },
    })
  })

  test('changes only from the tag that was read, and has another one afterwards', async () => {
    const { id, etag } = await create()
    const update = (IfMatch: string | undefined, DistributionConfig = config({ Comment: 'changed' })) =>
      front.send(new sdk.UpdateDistributionCommand({ Id: id, IfMatch, DistributionConfig }))
    expect(await refusal(update(undefined))).toMatchObject({ name: 'InvalidIfMatchVersion', status: 400 })
    expect(await refusal(update('E00000000000AA'))).toMatchObject({ name: 'PreconditionFailed', status: 412 })
    const { ETag } = await update(etag)
    expect(ETag).not.toBe(etag)
    expect(await refusal(update(etag))).toMatchObject({ name: 'PreconditionFailed', status: 412 })
    expect(await refusal(update(ETag, config({ CallerReference: 'another' })))).toMatchObject({ name: 'IllegalUpdate' })
  })

  test('is deleted only when it is disabled', async () => {
    const { id, etag } = await create()
    const remove = (IfMatch: string) => front.send(new sdk.DeleteDistributionCommand({ Id: id, IfMatch }))
    expect(await refusal(remove(etag))).toMatchObject({ name: 'DistributionNotDisabled', status: 409 })
    const update = new sdk.UpdateDistributionCommand({
      Id: id,
      IfMatch: etag,
      DistributionConfig: config({ Enabled: false }),
    })
    await remove((await front.send(update)).ETag ?? '')
    expect(await refusal(front.send(new sdk.GetDistributionCommand({ Id: id })))).toMatchObject({
      name: 'NoSuchDistribution',
      status: 404,
    })
  })

  test('is listed page by page, and seen by its owner only', async () => {
    const ids = [(await create()).id, (await create(config({ CallerReference: 'two' }))).id].sort()
    const first = (await front.send(new sdk.ListDistributionsCommand({ MaxItems: 1 }))).DistributionList
    expect([first?.IsTruncated, first?.Items?.map(({ Id }) => Id)]).toEqual([true, [ids[0]]])
    const second = (await front.send(new sdk.ListDistributionsCommand({ MaxItems: 1, Marker: first?.NextMarker })))
      .DistributionList
    expect([second?.IsTruncated, second?.Items?.map(({ Id }) => Id)]).toEqual([false, [ids[1]]])
    const other = new sdk.CloudFrontClient(asSomebody(cloud.envOf({ accountId: '444455556666' })))
    expect((await other.send(new sdk.ListDistributionsCommand({}))).DistributionList?.Quantity).toBe(0)
  })

  test('has tags', async () => {
    const { id } = await create()
    const Resource = `arn:aws:cloudfront::111122223333:distribution/${id}`
    await front.send(
      new sdk.TagResourceCommand({
        Resource,
        Tags: {
          Items: [
            { Key: 'stage', Value: 'a' },
            { Key: 'b', Value: 'c' },
          ],
        },
      }),
    )
    await front.send(new sdk.UntagResourceCommand({ Resource, TagKeys: { Items: ['b'] } }))
    expect((await front.send(new sdk.ListTagsForResourceCommand({ Resource }))).Tags?.Items).toEqual([
      { Key: 'stage', Value: 'a' },
    ])
  })

  test.each<[why: string, given: sdk.DistributionConfig, code: string, status: number]>([
    [
      'a name without certificate',
      config({ Aliases: { Quantity: 1, Items: ['www.example.com'] } }),
      'InvalidViewerCertificate',
      400,
    ],
    [
      'a certificate that is not there',
      config(named('arn:aws:acm:us-east-1:111122223333:certificate/none', 'www.example.com')),
      'InvalidViewerCertificate',
      400,
    ],
    [
      'C6: a cache policy whose id is misspelt',
      config({}, { CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f3' }),
      'NoSuchCachePolicy',
      404,
    ],
    [
      'an origin request policy that is not there',
      config({}, { OriginRequestPolicyId: 'none' }),
      'NoSuchOriginRequestPolicy',
      404,
    ],
    [
      'a response headers policy that is not there',
      config({}, { ResponseHeadersPolicyId: 'none' }),
      'NoSuchResponseHeadersPolicy',
      404,
    ],
    ['an origin that is not there', config({}, { TargetOriginId: 'none' }), 'NoSuchOrigin', 404],
    ['no cache policy', config({}, { CachePolicyId: undefined }), 'InvalidArgument', 400],
    [
      'a function that is not there',
      config(
        {},
        {
          FunctionAssociations: {
            Quantity: 1,
            Items: [{ EventType: 'viewer-request', FunctionARN: 'arn:aws:cloudfront::111122223333:function/none' }],
          },
        },
      ),
      ...(['InvalidFunctionAssociation', 400] as const),
    ],
    [
      'an access control that is not there',
      config({
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'origin',
              DomainName: 'b.s3.us-east-1.amazonaws.com',
              OriginAccessControlId: 'E0000000000000',
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
      }),
      ...(['InvalidOriginAccessControl', 400] as const),
    ],
  ])('is refused with %s', async (_why, given, code, status) => {
    expect(await refusal(create(given))).toMatchObject({ name: code, status })
  })

  test('is not made twice for one reference', async () => {
    await create()
    expect(await refusal(create())).toMatchObject({ name: 'DistributionAlreadyExists', status: 409 })
  })
})

describe('names', () => {
  test('D11: belong to one distribution, in any account, and need a certificate that covers them', async () => {
    const arn = await certificate('www.example.com', '*.wild.example.com')
    await create(config(named(arn, 'www.example.com', 'a.wild.example.com')))
    const again = create(config({ CallerReference: 'two', ...named(arn, 'www.example.com') }))
    expect(await refusal(again)).toEqual({
      ...{ name: 'CNAMEAlreadyExists', status: 409 },
      message: 'One or more of the CNAMEs you provided are already associated with a different resource.',
    })
    const uncovered = create(config({ CallerReference: 'three', ...named(arn, 'b.a.wild.example.com') }))
    expect(await refusal(uncovered)).toMatchObject({ name: 'InvalidViewerCertificate' })
  })

  test('a certificate that is not issued yet is none, and one in use stays', async () => {
    const acm = new ACMClient(asOwner(cloud))
    const { CertificateArn: pending = '' } = await acm.send(
      new RequestCertificateCommand({ DomainName: 'www.example.com', ValidationMethod: 'DNS' }),
    )
    expect(await refusal(create(config(named(pending, 'www.example.com'))))).toMatchObject({
      name: 'InvalidViewerCertificate',
    })
    const issued = await certificate('www.example.com')
    await create(config(named(issued, 'www.example.com')))
    expect(await refusal(acm.send(new DeleteCertificateCommand({ CertificateArn: issued })))).toMatchObject({
      name: 'ResourceInUseException',
    })
  })
})

const publishedFunction = async (Name: string) => {
  const made = await front.send(
    new sdk.CreateFunctionCommand({
      ...{ Name, FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' } },
      FunctionCode: new TextEncoder().encode('function handler(event) { return event.request }'),
    }),
  )
  await front.send(new sdk.PublishFunctionCommand({ Name, IfMatch: made.ETag }))
  return made.FunctionSummary?.FunctionMetadata?.FunctionARN ?? ''
}

describe('functions', () => {
  const make = (code: string, Name = 'fn') =>
    front.send(
      new sdk.CreateFunctionCommand({
        ...{
          Name,
          FunctionConfig: { Comment: 'c', Runtime: 'cloudfront-js-2.0' },
          FunctionCode: new TextEncoder().encode(code),
        },
      }),
    )
  const code = 'function handler(event) { return event.request }'

  test('take effect when they are published, and come back byte by byte', async () => {
    const { ETag } = await make(code)
    const live = new sdk.DescribeFunctionCommand({ Name: 'fn', Stage: 'LIVE' })
    expect(await refusal(front.send(live))).toMatchObject({ name: 'NoSuchFunctionExists', status: 404 })
    await front.send(new sdk.PublishFunctionCommand({ Name: 'fn', IfMatch: ETag }))
    expect((await front.send(live)).FunctionSummary?.FunctionMetadata?.Stage).toBe('LIVE')
    const read = await front.send(new sdk.GetFunctionCommand({ Name: 'fn', Stage: 'LIVE' }))
    expect(await read.FunctionCode?.transformToString()).toBe(code)
  })

  test('one that is not published cannot be associated; one that is associated stays', async () => {
    const { FunctionSummary, ETag } = await make(code)
    const associated = config(
      {},
      {
        FunctionAssociations: {
          Quantity: 1,
          Items: [{ EventType: 'viewer-request', FunctionARN: FunctionSummary?.FunctionMetadata?.FunctionARN }],
        },
      },
    )
    expect(await refusal(create(associated))).toMatchObject({ name: 'InvalidFunctionAssociation' })
    await front.send(new sdk.PublishFunctionCommand({ Name: 'fn', IfMatch: ETag }))
    await create(associated)
    expect(await refusal(front.send(new sdk.DeleteFunctionCommand({ Name: 'fn', IfMatch: ETag })))).toMatchObject({
      name: 'FunctionInUse',
      status: 409,
    })
  })

  test.each([
    ['code over 10 KB', `// ${'x'.repeat(10_240)}`, 'FunctionSizeLimitExceeded'],
    ['code that does not compile', 'function handler(', 'InvalidArgument'],
    ['no code', '', 'InvalidArgument'],
  ])('%s is refused', async (_why, text, name) => {
    expect(await refusal(make(text))).toMatchObject({ name })
  })

  test('a name that is taken, and a tag that is out of date, are refused', async () => {
    const { ETag } = await make(code)
    expect(await refusal(make(code))).toMatchObject({ name: 'FunctionAlreadyExists', status: 409 })
    const update = () =>
      front.send(
        new sdk.UpdateFunctionCommand({
          ...{ Name: 'fn', IfMatch: ETag, FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' } },
          FunctionCode: new TextEncoder().encode(code),
        }),
      )
    await update()
    expect(await refusal(update())).toMatchObject({ name: 'PreconditionFailed', status: 412 })
  })
})

describe('policies', () => {
  const CachePolicyConfig = { Name: 'own', MinTTL: 0 }

  test("CloudFront's own are there and stay as they are", async () => {
    const { CachePolicy } = await front.send(new sdk.GetCachePolicyCommand({ Id: DISABLED }))
    expect(CachePolicy?.CachePolicyConfig).toMatchObject({ Name: 'Managed-CachingDisabled', MinTTL: 0, MaxTTL: 0 })
    const { OriginRequestPolicy } = await front.send(new sdk.GetOriginRequestPolicyCommand({ Id: EXCEPT_HOST }))
    expect(OriginRequestPolicy?.OriginRequestPolicyConfig?.HeadersConfig).toEqual({
      HeaderBehavior: 'allExcept',
      Headers: { Quantity: 1, Items: ['host'] },
    })
    expect(await refusal(front.send(new sdk.DeleteCachePolicyCommand({ Id: DISABLED, IfMatch: 'x' })))).toMatchObject({
      name: 'AccessDenied',
    })
  })

  test('own ones have names that are taken, and stay while they are used', async () => {
    const make = () => front.send(new sdk.CreateCachePolicyCommand({ CachePolicyConfig }))
    const { CachePolicy, ETag } = await make()
    expect(await refusal(make())).toMatchObject({ name: 'CachePolicyAlreadyExists', status: 409 })
    const list = async (Type: 'managed' | 'custom') =>
      (await front.send(new sdk.ListCachePoliciesCommand({ Type }))).CachePolicyList?.Quantity
    expect([await list('managed'), await list('custom')]).toEqual([7, 1])
    const { id, etag } = await create(config({}, { CachePolicyId: CachePolicy?.Id }))
    const remove = () => front.send(new sdk.DeleteCachePolicyCommand({ Id: CachePolicy?.Id, IfMatch: ETag }))
    expect(await refusal(remove())).toMatchObject({ name: 'CachePolicyInUse', status: 409 })
    await front.send(new sdk.UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: config() }))
    await remove()
    expect(await refusal(front.send(new sdk.GetCachePolicyCommand({ Id: CachePolicy?.Id })))).toMatchObject({
      name: 'NoSuchCachePolicy',
      status: 404,
    })
  })
})

describe('upkeep', () => {
  const invalidate = (Id: string, CallerReference: string, ...Items: string[]) =>
    front.send(
      new sdk.CreateInvalidationCommand({
        DistributionId: Id,
        InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
      }),
    )

  test('D16: an invalidation is in progress, then completed, and the same one when it is asked for again', async () => {
    const { id } = await create()
    const { Invalidation } = await invalidate(id, 'one', '/a', '/b/*')
    expect(Invalidation?.Status).toBe('InProgress')
    expect((await invalidate(id, 'one', '/a', '/b/*')).Invalidation?.Id).toBe(Invalidation?.Id)
    const found = await front.send(new sdk.GetInvalidationCommand({ DistributionId: id, Id: Invalidation?.Id }))
    expect(found.Invalidation).toMatchObject({
      Status: 'Completed',
      InvalidationBatch: { Paths: { Quantity: 2, Items: ['/a', '/b/*'] } },
    })
    expect(
      (await front.send(new sdk.ListInvalidationsCommand({ DistributionId: id }))).InvalidationList?.Quantity,
    ).toBe(1)
  })

  test.each([
    ['other paths under a used reference', 'one', ['/c'], 'InvalidArgument'],
    ['a path without slash', 'two', ['c'], 'InvalidArgument'],
  ])('%s are refused', async (_why, reference, paths, name) => {
    const { id } = await create()
    await invalidate(id, 'one', '/a')
    expect(await refusal(invalidate(id, reference, ...paths))).toMatchObject({ name })
  })

  test('additional metrics are switched on once', async () => {
    const { id } = await create()
    const get = () => front.send(new sdk.GetMonitoringSubscriptionCommand({ DistributionId: id }))
    expect(await refusal(get())).toMatchObject({ name: 'NoSuchMonitoringSubscription', status: 404 })
    const MonitoringSubscription = {
      RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' as const },
    }
    const make = () =>
      front.send(new sdk.CreateMonitoringSubscriptionCommand({ DistributionId: id, MonitoringSubscription }))
    await make()
    expect(await refusal(make())).toMatchObject({ name: 'MonitoringSubscriptionAlreadyExists', status: 409 })
    expect((await get()).MonitoringSubscription).toEqual(MonitoringSubscription)
  })
})
