import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation'
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront'
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

const ZONE = 'Z00000000000000000A1'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({
    accountId: '111122223333',
    concurrencyLimit: 150,
    hostedZones: [{ domain: 'example.com', id: ZONE }],
  })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const of = (Resources: object) => ({ Resources })
/** Applies a template, and gives why each resource that failed did. */
const failures = async (template: object, StackName = 's') => {
  await stacks.apply(StackName, template)
  const failed = (await stacks.events(StackName)).filter(
    ({ ResourceStatus, ResourceType }) =>
      ResourceStatus === 'CREATE_FAILED' && ResourceType !== 'AWS::CloudFormation::Stack',
  )
  return Object.fromEntries(
    failed.map(({ LogicalResourceId, ResourceStatusReason }) => [LogicalResourceId, ResourceStatusReason]),
  )
}
const certificate = (...names: string[]) => ({
  Type: 'AWS::CertificateManager::Certificate',
  Properties: {
    ...{ DomainName: names[0], SubjectAlternativeNames: names.slice(1), ValidationMethod: 'DNS' },
    DomainValidationOptions: names.map((name) => ({ DomainName: name, HostedZoneId: ZONE })),
  },
})

test('a bucket of another account stands in the way once the stack is made', async () => {
  await new S3Client(asSomebody(cloud.envOf({ accountId: '444455556666' }))).send(
    new CreateBucketCommand({ Bucket: 'theirs' }),
  )
  expect((await failures(of({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'theirs' } } }))).B).toMatch(
    /^Resource handler returned message: "The requested bucket name is not available\..* \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: AlreadyExists\)$/,
  )
})

describe('a record that is there already', () => {
  const route53 = () => new Route53Client(asOwner(cloud))
  const put = (Value: string) => {
    const ResourceRecordSet: ResourceRecordSet = {
      Name: 'www.example.com',
      Type: 'A',
      TTL: 300,
      ResourceRecords: [{ Value }],
    }
    return route53().send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: ZONE,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    )
  }
  const record = of({
    R: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: ZONE,
        Name: 'www.example.com',
        Type: 'A',
        TTL: '300',
        ResourceRecords: ['192.0.2.1'],
      },
    },
  })

  test('is taken over when it is the very same', async () => {
    await put('192.0.2.1')
    expect((await stacks.apply('s', record)).StackStatus).toBe('CREATE_COMPLETE')
    const { ResourceRecordSets } = await route53().send(
      new ListResourceRecordSetsCommand({ HostedZoneId: ZONE, StartRecordName: 'www.example.com' }),
    )
    expect(ResourceRecordSets).toHaveLength(1)
  })

  test('stands in the way otherwise', async () => {
    await put('192.0.2.2')
    expect((await failures(record)).R).toContain(
      "[Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]",
    )
  })
})

describe('a certificate', () => {
  test('is waited for until the zone is delegated, and the record it waits for is told', async () => {
    cloud.delegate('example.com', false)
    const set = await stacks.create('s', of({ C: certificate('www.example.com') }), { ChangeSetType: 'CREATE' })
    await stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set, DisableRollback: true }))
    const told = async () => (await stacks.events('s')).map(({ ResourceStatusReason }) => ResourceStatusReason ?? '')
    await expect
      .poll(async () => (await told()).find((reason) => reason.startsWith('Content of DNS Record')))
      .toMatch(
        /^Content of DNS Record is: \{Name: _[0-9a-f]{32}\.www\.example\.com\.,Type: CNAME,Value: _[0-9a-f]{32}\.[0-9a-f]{10}\.acm-validations\.aws\.\}$/,
      )
    expect((await stacks.stack('s')).StackStatus).toBe('CREATE_IN_PROGRESS')
    cloud.delegate('example.com', true)
    expect((await stacks.settled('s')).StackStatus).toBe('CREATE_COMPLETE')
  })

  test('that is still waited for does not hold up starting over', async () => {
    cloud.delegate('example.com', false)
    const set = await stacks.create('s', of({ C: certificate('www.example.com') }), { ChangeSetType: 'CREATE' })
    await stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set, DisableRollback: true }))
    await cloud.reset()
    expect(cloud.calls()).toEqual([])
  })
})

test('D11: the name of another distribution stands in the way', async () => {
  await stacks.apply('certificates', {
    ...of({ C: certificate('www.example.com') }),
    Outputs: { Arn: { Value: { Ref: 'C' } } },
  })
  const arn = (await stacks.stack('certificates')).Outputs?.[0]?.OutputValue
  await new CloudFrontClient(asOwner(cloud)).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        ...{
          CallerReference: 'by hand',
          Comment: '',
          Enabled: true,
          Aliases: { Quantity: 1, Items: ['www.example.com'] },
        },
        ViewerCertificate: { ACMCertificateArn: arn, SSLSupportMethod: 'sni-only' },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'o',
              DomainName: 'o.example.com',
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          ViewerProtocolPolicy: 'https-only',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        },
      },
    }),
  )
  const distribution = {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        ...{
          Enabled: true,
          Aliases: ['www.example.com'],
          ViewerCertificate: { AcmCertificateArn: arn, SslSupportMethod: 'sni-only' },
        },
        Origins: [{ Id: 'o', DomainName: 'o.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          ViewerProtocolPolicy: 'https-only',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        },
      },
    },
  }
  expect((await failures(of({ D: distribution }))).D).toMatch(
    /"One or more of the CNAMEs you provided are already associated with a different resource\.".*HandlerErrorCode: AlreadyExists\)$/,
  )
})

describe('functions', () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  const fn = (more: object = {}) => ({
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'runs', AssumeRolePolicyDocument: trust } },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ...{
          FunctionName: 'fn',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: 'exports.handler = 1' },
        },
        ...{ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...more },
      },
    },
  })

  test('no more concurrency is reserved than the account has to give', async () => {
    // Of 150, a hundred stay free.
    expect((await failures(of(fn({ ReservedConcurrentExecutions: 51 })))).Fn).toContain(
      'below its minimum value of [100].',
    )
    expect((await stacks.apply('s', of(fn({ ReservedConcurrentExecutions: 50 })))).StackStatus).toBe('UPDATE_COMPLETE')
  })

  test('D2: a reserved variable name fails the function', async () => {
    expect((await failures(of(fn({ Environment: { Variables: { AWS_REGION: 'x' } } })))).Fn).toContain(
      'Reserved keys used in this request: AWS_REGION',
    )
  })

  test('a second version of the same code is none', async () => {
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } }
    const failed = await failures(of({ ...fn(), V1: version, V2: { ...version, DependsOn: 'V1' } }))
    expect(failed.V2).toContain(
      'A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
    )
  })
})

test('a firewall of the same name stands in the way, though its identifier holds more than the name', async () => {
  const VisibilityConfig = { CloudWatchMetricsEnabled: true, MetricName: 'acl', SampledRequestsEnabled: false }
  const acl = {
    Type: 'AWS::WAFv2::WebACL',
    Properties: { Name: 'acl', Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig },
  }
  await stacks.apply('first', of({ A: acl }))
  expect((await failures(of({ A: acl }), 'second')).A).toContain('HandlerErrorCode: AlreadyExists')
})

describe('deliveries of logs that are made at the same moment', () => {
  const delivery = (source: string, destination: string, DependsOn: readonly string[] = []) => ({
    Type: 'AWS::Logs::Delivery',
    DependsOn,
    Properties: {
      DeliverySourceName: source,
      DeliveryDestinationArn: `arn:aws:logs:us-east-1:111122223333:delivery-destination:${destination}`,
    },
  })
  const BUSY = /"Requested resource is currently being updated\. Please try again later\."/

  test.each<[what: string, second: ReturnType<typeof delivery>]>([
    ['of one source', delivery('a', 'y')],
    ['to one destination', delivery('b', 'x')],
  ])('%s: the second one is refused', async (_what, second) => {
    const failed = await failures(of({ First: delivery('a', 'x'), Second: second }))
    expect(Object.keys(failed)).toEqual(['Second'])
    expect(failed.Second).toMatch(BUSY)
  })

  test.each<[what: string, second: ReturnType<typeof delivery>]>([
    ['with nothing in common', delivery('b', 'y')],
    ['that wait for one another', delivery('a', 'x', ['Between'])],
  ])('%s are made', async (_what, second) => {
    const Between = { Type: 'AWS::SNS::Topic', DependsOn: ['First'], Properties: { TopicName: 'between' } }
    expect(await failures(of({ First: delivery('a', 'x'), Between, Second: second }))).toEqual({})
  })
})

describe('a database proxy wants two availability zones that have proxies', () => {
  const subnet = (where: object) => ({
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'vpc-00000000000000001', CidrBlock: '10.0.0.0/24', ...where },
  })
  const proxy = {
    Type: 'AWS::RDS::DBProxy',
    Properties: {
      ...{ DBProxyName: 'p', EngineFamily: 'POSTGRESQL', DefaultAuthScheme: 'IAM_AUTH' },
      ...{ RoleArn: 'arn:aws:iam::111122223333:role/p', VpcSubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] },
    },
  }

  test.each<[what: string, a: object, b: object, failed: readonly string[]]>([
    [
      'by letters, of which one is use1-az3',
      { AvailabilityZone: 'us-east-1a' },
      { AvailabilityZone: 'us-east-1b' },
      ['P'],
    ],
    ['by id', { AvailabilityZoneId: 'use1-az1' }, { AvailabilityZoneId: 'use1-az2' }, []],
    ['twice the same', { AvailabilityZoneId: 'use1-az1' }, { AvailabilityZone: 'us-east-1b' }, ['P']],
  ])('%s', async (_what, a, b, failed) => {
    expect(Object.keys(await failures(of({ A: subnet(a), B: subnet(b), P: proxy })))).toEqual(failed)
  })
})
