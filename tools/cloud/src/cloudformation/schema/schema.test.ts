import { describe, expect, test } from 'vitest'
import { UNKNOWN } from '../engine/unknown.ts'
import { distributionFromApi, distributionToApi } from '../resources/distribution-shape.ts'
import { propertyProblems } from './check-properties.ts'
import { propertyDifferences } from './property-differences.ts'
import { requiresRecreation } from './replacement.ts'
import { type ResourceSchema, resourceSchema } from './resource-schemas.ts'

function schema(type: string): ResourceSchema {
  const found = resourceSchema(type)
  if (found === undefined) throw new Error(`no ${type}`)
  return found
}

describe('what a change of a property does', () => {
  // Read off AWS's template reference, "Update requires" of each property.
  test.each<[type: string, path: (string | number)[], requires: string]>([
    ['AWS::S3::Bucket', ['BucketName'], 'Always'],
    ['AWS::S3::Bucket', ['VersioningConfiguration', 'Status'], 'Never'],
    ['AWS::Lambda::Function', ['FunctionName'], 'Always'],
    ['AWS::Lambda::Function', ['MemorySize'], 'Never'],
    ['AWS::Lambda::Permission', ['SourceArn'], 'Always'],
    ['AWS::Lambda::Version', ['Description'], 'Always'],
    ['AWS::Lambda::Url', ['InvokeMode'], 'Never'],
    ['AWS::CertificateManager::Certificate', ['SubjectAlternativeNames', 0], 'Always'],
    ['AWS::CloudFront::Distribution', ['DistributionConfig', 'Aliases', 0], 'Never'],
    ['AWS::Route53::RecordSet', ['Name'], 'Always'],
  ])('%s %j: %s', (type, path, requires) => {
    expect(requiresRecreation(schema(type), path)).toBe(requires)
  })
})

describe('properties', () => {
  test.each<[why: string, type: string, properties: object, problems: string[]]>([
    ['right ones', 'AWS::Lambda::Alias', { FunctionName: 'f', FunctionVersion: '1', Name: 'live' }, []],
    ['numbers written as texts', 'AWS::SQS::Queue', { VisibilityTimeout: '30' }, []],
    [
      'a value that is known later',
      'AWS::Lambda::Alias',
      { FunctionName: UNKNOWN, FunctionVersion: UNKNOWN, Name: 'live' },
      [],
    ],
    [
      'one that is missing',
      'AWS::Lambda::Url',
      { AuthType: 'NONE' },
      ['#: required key [TargetFunctionArn] not found'],
    ],
    [
      'one inside that nobody knows',
      'AWS::S3::Bucket',
      { VersioningConfiguration: { State: 'x' } },
      [
        '#/VersioningConfiguration: extraneous key [State] is not permitted',
        '#/VersioningConfiguration: required key [Status] not found',
      ],
    ],
    [
      'a list for a text',
      'AWS::SNS::Topic',
      { TopicName: ['x'] },
      ['#/TopicName: expected type: String, found: JSONArray'],
    ],
    [
      'a text for a number',
      'AWS::SQS::Queue',
      { VisibilityTimeout: 'soon' },
      ['#/VisibilityTimeout: expected type: Number, found: string'],
    ],
    [
      'a flag that is none',
      'AWS::KMS::Key',
      { EnableKeyRotation: 'yes' },
      ['#/EnableKeyRotation: expected type: Boolean, found: string'],
    ],
  ])('%s', (_why, type, properties, problems) => {
    expect(propertyProblems(schema(type), { ...properties })).toEqual(problems)
  })
})

describe('drift of properties', () => {
  const differences = (expected: object, actual: object) =>
    propertyDifferences('AWS::Lambda::Function', { ...expected }, { ...actual }).map(
      ({ path, kind }) => `${kind} ${path}`,
    )

  test('what nobody asked for is not compared, but entries of a map are', () => {
    expect(differences({ Timeout: 3 }, { Timeout: 3, MemorySize: 128 })).toEqual([])
    expect(
      differences({ LoggingConfig: { LogFormat: 'JSON' } }, { LoggingConfig: { LogFormat: 'JSON', LogGroup: 'x' } }),
    ).toEqual([])
    expect(
      differences({ Environment: { Variables: { A: '1' } } }, { Environment: { Variables: { A: '2', B: '3' } } }),
    ).toEqual(['NOT_EQUAL /Environment/Variables/A', 'ADD /Environment/Variables/B'])
  })

  test('lists of names and tags say nothing by their order', () => {
    expect(differences({ Layers: ['a', 'b'] }, { Layers: ['b', 'a'] })).toEqual([])
    expect(differences({ Layers: ['a', 'b'] }, { Layers: ['b', 'c'] })).toEqual(['REMOVE /Layers/0', 'ADD /Layers/1'])
  })
})

test('a distribution comes back from the API as a template writes it', () => {
  const DistributionConfig = {
    ...{ Enabled: true, Aliases: ['a.example.com'], IPV6Enabled: true, HttpVersion: 'http2and3', Comment: 'c' },
    ViewerCertificate: {
      AcmCertificateArn: 'arn',
      SslSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
    Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['US'] } },
    Origins: [
      {
        Id: 'o',
        DomainName: 'o.example.com',
        OriginCustomHeaders: [{ HeaderName: 'h', HeaderValue: 'v' }],
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
    ],
    DefaultCacheBehavior: {
      TargetOriginId: 'o',
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      CachedMethods: ['GET', 'HEAD'],
    },
    CustomErrorResponses: [{ ErrorCode: 500, ErrorCachingMinTTL: 0 }],
  }
  const api = distributionToApi({ DistributionConfig }, 'reference')
  expect(api).toMatchObject({
    ...{ CallerReference: 'reference', IsIPV6Enabled: true, Aliases: { Quantity: 1, Items: ['a.example.com'] } },
    ViewerCertificate: { ACMCertificateArn: 'arn', SSLSupportMethod: 'sni-only' },
    Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Quantity: 1, Items: ['US'] } },
    DefaultCacheBehavior: {
      AllowedMethods: {
        Quantity: 3,
        Items: ['GET', 'HEAD', 'OPTIONS'],
        CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
      },
    },
  })
  expect(distributionFromApi(api)).toEqual(DistributionConfig)
})
