// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
import { expect, test } from 'vitest'
import { config, site, thrownBy } from '../../test/template-fixture.ts'
import type { Origin } from './distribution.ts'
import type { ReadOptions } from './read-distribution.ts'

type Json = Readonly<Record<string, unknown>>

function origin(given: Json, resources: Json = {}, options: ReadOptions = {}): Origin {
  const read = site(
    { Origins: [{ Id: 'web', DomainName: 'web.example.com', ...given }] },
    resources,
    options,
  ).origins.get('web')
  if (read === undefined) throw new Error('not read')
  return read
}

const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'site-assets' } }
const getAtt = (...path: readonly string[]) => ({ 'Fn::GetAtt': path })

test.each<[kind: Origin['kind'], domainName: unknown]>([
  ['s3', 'b.s3.amazonaws.com'],
  ['s3', 'b.s3.eu-west-1.amazonaws.com'],
  ['s3', 'b.s3-us-west-2.amazonaws.com'],
  ['s3', 'b.s3.dualstack.us-east-1.amazonaws.com'],
  ['s3', getAtt('Bucket', 'RegionalDomainName')],
  ['s3', getAtt('Bucket', 'DomainName')],
  ['s3', { 'Fn::Sub': '${Bucket}.s3.${AWS::Region}.amazonaws.com' }],
  ['function-url', 'abc.lambda-url.us-east-1.on.aws'],
  ['function-url', { 'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('Url', 'FunctionUrl')] }] }],
  ['custom', 'b.s3-website-us-east-1.amazonaws.com'],
  ['custom', 'b.s3-website.eu-central-1.amazonaws.com'],
  ['custom', 'api.execute-api.us-east-1.amazonaws.com'],
  ['custom', 's3.example.com'],
])('%s: %o', (kind, DomainName) => {
  const Url = { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: 'f' } }
  expect(origin({ DomainName }, { Bucket, Url }).kind).toBe(kind)
})

test('an origin with an S3 configuration is S3 whatever it is called', () => {
  expect(origin({ S3OriginConfig: {} }).kind).toBe('s3')
})

test('nothing said: three attempts, 10 s to connect, 30 s to answer', () => {
  expect(origin({})).toMatchObject({
    ...{ connectionAttempts: 3, connectionTimeoutSec: 10, responseTimeoutSec: 30 },
    ...{ responseCompletionTimeoutSec: undefined, originPath: '', customHeaders: [], accessControl: undefined },
  })
  expect(origin({ ResponseCompletionTimeout: 90 }).responseCompletionTimeoutSec).toBe(90)
})

test.each<[why: string, given: Json, where: string]>([
  ['a URL for a host name', { DomainName: getAtt('Url', 'FunctionUrl') }, 'DomainName'],
  ['four attempts', { ConnectionAttempts: 4 }, 'ConnectionAttempts'],
  ['11 s to connect', { ConnectionTimeout: 11 }, 'ConnectionTimeout'],
  ['a path without a slash', { OriginPath: 'v1' }, 'OriginPath'],
  ['a path that ends with one', { OriginPath: '/v1/' }, 'OriginPath'],
  ['no domain name', { DomainName: '' }, 'DomainName'],
])('%s is refused', (_why, given, property) => {
  const Url = { Type: 'AWS::Lambda::Url', Properties: {} }
  expect(thrownBy(() => origin(given, { Url }))).toMatchObject({
    code: 'malformed',
    where: `Site.DistributionConfig.Origins[0].${property}`,
  })
})

test.each<[type: string, signing: string, expected: object]>([
  ['s3', 'always', { type: 's3', signingBehavior: 'always' }],
  ['lambda', 'never', { type: 'lambda', signingBehavior: 'never' }],
  ['mediastore', 'no-override', { type: 'other', signingBehavior: 'no-override' }],
])('access control for %s that signs %s', (OriginAccessControlOriginType, SigningBehavior, expected) => {
  const OriginAccessControlConfig = {
    Name: 'oac',
    OriginAccessControlOriginType,
    SigningBehavior,
    SigningProtocol: 'sigv4',
  }
  const Oac = { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig } }
  for (const id of [{ Ref: 'Oac' }, getAtt('Oac', 'Id')]) {
    expect(origin({ OriginAccessControlId: id }, { Oac }).accessControl).toEqual(expected)
  }
})

const CLOUDFRONT = { Service: 'cloudfront.amazonaws.com' }
const arn = (id: unknown) => ({
  'Fn::Join': ['', ['arn:aws:cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', id]],
})
const from = (sources: unknown, operator = 'StringEquals', key = 'AWS:SourceArn') => ({
  Condition: { [operator]: { [key]: sources } },
})

/** Grants of the bucket's own distribution under one policy. */
function bucketGrants(statements: readonly Json[], options: ReadOptions = {}) {
  const Policy = {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: { Statement: statements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one })) },
    },
  }
  return origin({ DomainName: getAtt('Bucket', 'RegionalDomainName') }, { Bucket, Policy }, options).grants
}

const read = { Action: 's3:GetObject', Principal: CLOUDFRONT }

test.each<[why: string, statements: readonly Json[], distributions: readonly string[], mayList: boolean]>([
  ['one distribution', [{ ...read, ...from(arn({ Ref: 'Site' })) }], ['Site'], false],
  ['two of them', [{ ...read, ...from([arn({ Ref: 'Site' }), arn('E2')]) }], ['Site', 'E2'], false],
  ['a bare id', [{ ...read, ...from('E2', 'StringLike') }], ['E2'], false],
  ['a pattern', [{ ...read, ...from(arn('*'), 'ArnLike', 'aws:sourcearn') }], ['Site'], false],
  ['no condition: all the template has', [read], ['Site'], false],
  [
    'of one account: all the template has',
    [{ ...read, ...from('1', 'StringEquals', 'AWS:SourceAccount') }],
    ['Site'],
    false,
  ],
  ['anybody', [{ Action: 's3:Get*', Principal: '*' }], ['*'], false],
  ['anybody, the longer way', [{ Action: 's3:GetObject', Principal: { AWS: '*' } }], ['*'], false],
  [
    'anybody of one address: cannot be decided',
    [{ ...read, Principal: '*', ...from('10.0.0.1', 'IpAddress', 'aws:SourceIp') }],
    [],
    false,
  ],
  [
    'CloudFront from one address: cannot be decided',
    [{ ...read, ...from('10.0.0.1', 'IpAddress', 'aws:SourceIp') }],
    [],
    false,
  ],
  [
    'anybody of one account is not anybody',
    [{ ...read, Principal: '*', ...from('1', 'StringEquals', 'AWS:SourceAccount') }],
    [],
    false,
  ],
  ['anybody, listing too', [{ Action: ['s3:GetObject', 's3:ListBucket'], Principal: '*' }], ['*'], true],
  ['a denial', [{ ...read, Effect: 'Deny' }], [], false],
  ['another service', [{ ...read, Principal: { Service: 'logging.s3.amazonaws.com' } }], [], false],
  ['another action', [{ ...read, Action: ['s3:PutObject'] }], [], false],
  [
    'listing too',
    [{ ...read, Action: ['s3:GetObject', 's3:ListBucket'], ...from(arn({ Ref: 'Site' })) }],
    ['Site'],
    true,
  ],
  [
    'listing for another distribution',
    [read, { ...read, Action: 's3:ListBucket', ...from(arn('E2')) }],
    ['Site'],
    false,
  ],
])('bucket policy: %s', (_why, statements, distributions, mayList) => {
  expect(bucketGrants(statements)).toEqual({ distributions, mayList, authType: undefined })
})

test('a policy that names one distribution only does not let the other in', () => {
  const grants = bucketGrants([{ ...read, ...from(arn('E2OTHER')) }])
  expect(grants?.distributions).toEqual(['E2OTHER'])
})

test('a literal id is the distribution the caller knows by it', () => {
  expect(bucketGrants([{ ...read, ...from(arn('E1')) }], { known: { Site: 'E1' } })?.distributions).toEqual(['Site'])
  const listed = bucketGrants([{ ...read, Action: 's3:*', ...from(arn({ Ref: 'Site' })) }], { known: { Site: 'E1' } })
  expect(listed).toEqual({ distributions: ['Site'], mayList: true, authType: undefined })
})

test('a bucket without a policy lets nobody in; of one that is not in the template nothing is known', () => {
  expect(origin({ DomainName: getAtt('Bucket', 'DomainName') }, { Bucket }).grants).toEqual({
    ...{ distributions: [], mayList: false, authType: undefined },
  })
  expect(origin({ DomainName: 'site-assets.s3.amazonaws.com' }, { Bucket }).grants?.distributions).toEqual([])
  expect(origin({ DomainName: 'elsewhere.s3.amazonaws.com' }, { Bucket }).grants).toBeUndefined()
})

test('an origin access identity signs too, and its grant is the distribution that uses it', () => {
  const S3OriginConfig = { OriginAccessIdentity: { 'Fn::Sub': 'origin-access-identity/cloudfront/${Identity}' } }
  const resources = {
    Bucket,
    Identity: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity', Properties: {} },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: 'site-assets',
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { CanonicalUser: getAtt('Identity', 'S3CanonicalUserId') },
          },
        },
      },
    },
  }
  const read = origin({ DomainName: getAtt('Bucket', 'DomainName'), S3OriginConfig }, resources)
  expect(read.accessControl).toEqual({ type: 's3', signingBehavior: 'always' })
  expect(read.grants?.distributions).toEqual(['Site'])
})

const Fn = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'web-develop' } }
const Live = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } }
const permission = (Action: string, given: Json) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action,
    FunctionName: { Ref: 'Live' },
    Principal: 'cloudfront.amazonaws.com',
    SourceArn: arn({ Ref: 'Site' }),
    ...given,
  },
})

function urlGrants(permissions: readonly Json[], url: Json = {}) {
  const Url = {
    Type: 'AWS::Lambda::Url',
    Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: getAtt('Fn', 'Arn'), Qualifier: 'live', ...url },
  }
  const numbered = Object.fromEntries(permissions.map((one, i) => [`Permission${i}`, one]))
  const DomainName = { 'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('Url', 'FunctionUrl')] }] }
  return origin({ DomainName }, { Fn, Live, Url, ...numbered }).grants
}

const both = (given: Json = {}) => [
  permission('lambda:InvokeFunctionUrl', given),
  permission('lambda:InvokeFunction', given),
]

test.each<[why: string, permissions: readonly Json[], distributions: readonly string[]]>([
  ['both permissions', both(), ['Site']],
  ['the URL alone, which is not enough since October 2025', both().slice(0, 1), []],
  ['invoking alone', both().slice(1), []],
  ['none', [], []],
  ['for another distribution', both({ SourceArn: arn('E2') }), ['E2']],
  ['anybody', both({ Principal: '*', SourceArn: undefined }), ['*']],
  ['on the function instead of the alias', both({ FunctionName: { Ref: 'Fn' } }), []],
  [
    'by the ARN with the alias',
    both({ FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:web-develop:live' }),
    ['Site'],
  ],
  ['by name and alias', both({ FunctionName: { 'Fn::Sub': '${Fn}:live' } }), ['Site']],
  ['for URLs without authorization', both({ FunctionUrlAuthType: 'NONE' }), []],
  ['another service', both({ Principal: 'apigateway.amazonaws.com', SourceArn: undefined }), []],
])('function URL: %s', (_why, permissions, distributions) => {
  expect(urlGrants(permissions)).toEqual({ distributions, mayList: false, authType: 'AWS_IAM' })
})

test('a function URL without authorization says so', () => {
  const grants = urlGrants(both({ Principal: '*', SourceArn: undefined, FunctionUrlAuthType: 'NONE' }), {
    AuthType: 'NONE',
  })
  expect(grants).toEqual({ distributions: ['*'], mayList: false, authType: 'NONE' })
})

test('a function URL whose real name the caller knows keeps its grants', () => {
  const resources = {
    ...{
      Fn,
      Live,
      Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: { Ref: 'Live' } } },
    },
    ...{ A: both()[0], B: both()[1] },
  }
  const known = { 'Url.FunctionUrl': 'https://abc.lambda-url.us-east-1.on.aws/' }
  const read = origin({ DomainName: 'abc.lambda-url.us-east-1.on.aws' }, resources, { known })
  expect(read.grants?.distributions).toEqual(['Site'])
})

test('a grant without a source takes in every distribution of the template', () => {
  const Other = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: config() } }
  const PolicyDocument = { Statement: [{ Effect: 'Allow', ...read }] }
  const Policy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } }
  const { grants } = origin({ DomainName: getAtt('Bucket', 'DomainName') }, { Bucket, Policy, Other })
  expect(grants?.distributions).toEqual(['Site', 'Other'])
})
