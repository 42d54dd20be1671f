import { siteTemplate } from '@sax/topology/cloudfront'
import { describe, expect, test } from 'vitest'
import { ofType, type SynthesizedStack, stackIn, synthesized } from '../test/synthesized.ts'

const stacks = synthesized()
const sites = (['develop', 'staging', 'production'] as const).flatMap((stage) =>
  (['host', 'edge'] as const).map(
    (routing) => [stage, routing, stackIn(stacks, `sleepconnect-${stage}-${routing}`)] as const,
  ),
)
const of = (stage: string, routing = 'host') => stackIn(stacks, `sleepconnect-${stage}-${routing}`)
const properties = (stack: SynthesizedStack, id: string) => stack.resources[id]?.Properties ?? {}
const type = (stack: SynthesizedStack, id: string) => stack.resources[id]?.Type
const at = (stage: string, id: string) => properties(of(stage), id)

describe.each(sites)('%s, %s routing', (stage, routing, stack) => {
  const topology = Object.entries(siteTemplate(stage, routing).Resources)

  test("functions, policies, access controls, firewalls, URLs and permissions are the topology's own", () => {
    const untouched = topology.filter(([, { Type }]) => !/Distribution$|^AWS::S3/.test(Type))
    expect(untouched.length).toBeGreaterThan(15)
    expect(untouched.map(([id]) => [id, { Type: type(stack, id), Properties: properties(stack, id) }])).toEqual(
      untouched,
    )
  })

  test.each(topology.filter(([, { Type }]) => Type.endsWith('Distribution')))(
    '%s routes as the topology says and has a certificate beside',
    (id, { Properties }) => {
      const { DistributionConfig } = properties(stack, id) as { DistributionConfig: object }
      const { ViewerCertificate, ...routes } = DistributionConfig as Readonly<Record<string, unknown>>
      expect({ DistributionConfig: routes }).toEqual(Properties)
      expect(ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' })
    },
  )

  test.each(topology.filter(([, { Type }]) => Type === 'AWS::S3::BucketPolicy'))(
    'R6: %s allows what the topology allows, and only ever refuses more',
    (id, { Properties }) => {
      const wanted = (Properties as { PolicyDocument: { Statement: readonly object[] } }).PolicyDocument.Statement
      const { PolicyDocument } = properties(stack, id) as { PolicyDocument: { Statement: readonly object[] } }
      expect(PolicyDocument.Statement.slice(0, wanted.length)).toEqual(wanted)
      expect(PolicyDocument.Statement.slice(wanted.length)).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ])
    },
  )

  test.each(topology.filter(([, { Type }]) => Type === 'AWS::S3::Bucket'))(
    '%s is private, encrypted and keeps old versions for 90 days',
    (id, { Properties }) => {
      expect(properties(stack, id)).toMatchObject({
        ...Properties,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] },
      })
      expect(JSON.stringify(properties(stack, id))).not.toContain('ExpirationInDays')
    },
  )

  test('every function URL leads to a function of this stack, and waits for its alias', () => {
    const urls = ofType(stack, 'AWS::Lambda::Url')
    expect(urls.map(([id]) => id)).toHaveLength(3)
    for (const [id, { Properties, DependsOn }] of urls) {
      const stem = id.replace(/Url$/, '')
      const { FunctionName } = properties(stack, `${stem}Function`)
      expect(Properties.TargetFunctionArn).toEqual({
        'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${String(FunctionName)}`,
      })
      expect(DependsOn).toEqual([`${stem}Live`])
      expect(properties(stack, `${stem}Live`)).toEqual({
        Name: 'live',
        FunctionName: { Ref: `${stem}Function` },
        FunctionVersion: { 'Fn::GetAtt': [`${stem}Version1`, 'Version'] },
      })
    }
    const permissions = ofType(stack, 'AWS::Lambda::Permission').filter(([id]) => id !== 'HttpApiMayInvoke')
    expect(permissions).not.toHaveLength(0)
    for (const [, { DependsOn }] of permissions) expect(DependsOn).toHaveLength(1)
  })

  test('functions run on a supported Node, on arm64, with traces', () => {
    for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        MemorySize: stage === 'production' ? 2048 : 1024,
        Timeout: 30,
      })
    }
  })
})

test('both routing modes are one stack of AWS, so that changing the mode updates it', () => {
  expect(of('production', 'host').stackName).toBe('sleepconnect-production')
  expect(of('production', 'edge').stackName).toBe('sleepconnect-production')
})

test('a release finds the distributions among the outputs', () => {
  expect(of('production').outputs).toMatchObject({
    SleepconnectDistributionId: { Value: { Ref: 'SleepconnectDistribution' } },
    OutreachDistributionId: { Value: { Ref: 'OutreachDistribution' } },
  })
})

test("every public name has an IPv4 and an IPv6 record, develop's old name too", () => {
  const records = (stage: string) =>
    ofType(of(stage), 'AWS::Route53::RecordSet').map(([, { Properties }]) => `${Properties.Name} ${Properties.Type}`)
  expect(records('develop').toSorted()).toEqual([
    'dev.mydreamconnect.com A',
    'dev.mydreamconnect.com AAAA',
    'outreach-dev.mydreamconnect.com A',
    'outreach-dev.mydreamconnect.com AAAA',
    'outreach.mydreamconnect.com A',
    'outreach.mydreamconnect.com AAAA',
  ])
  expect(records('production').toSorted()).toEqual([
    'api.dreamconnect.health A',
    'api.dreamconnect.health AAAA',
    'dreamconnect.health A',
    'dreamconnect.health AAAA',
    'outreach.dreamconnect.health A',
    'outreach.dreamconnect.health AAAA',
  ])
})

test("a certificate covers every name of its distribution and is validated in the name's own hosted zone", () => {
  expect(at('develop', 'OutreachCertificate')).toEqual({
    DomainName: 'outreach-dev.mydreamconnect.com',
    SubjectAlternativeNames: ['outreach.mydreamconnect.com'],
    ValidationMethod: 'DNS',
    DomainValidationOptions: [
      { DomainName: 'outreach-dev.mydreamconnect.com', HostedZoneId: 'Z0123456789EXAMPLE01' },
      { DomainName: 'outreach.mydreamconnect.com', HostedZoneId: 'Z0123456789EXAMPLE01' },
    ],
  })
  expect(at('production', 'SleepconnectCertificate')).toMatchObject({
    DomainName: 'dreamconnect.health',
    DomainValidationOptions: [{ HostedZoneId: 'Z0123456789EXAMPLE02' }],
  })
})

test("the zone's API routes write into the zone's log group, where the checklist looks for their lines", () => {
  const logging = (id: string) => at('develop', id).LoggingConfig
  expect(logging('OutreachApiRoutesFunction')).toEqual(logging('OutreachPagesFunction'))
  expect(logging('OutreachPagesFunction')).toMatchObject({ LogGroup: { Ref: 'OutreachPagesLogs' } })
  expect(at('develop', 'OutreachPagesLogs')).toMatchObject({
    LogGroupName: '/aws/lambda/sax-lambda-us-east-1-0x-d-outreach-server_develop',
    RetentionInDays: 30,
  })
})

test('no secret is in a template, and environments hold names', () => {
  for (const [, { Properties }] of ofType(of('production'), 'AWS::SecretsManager::Secret')) {
    expect(Object.keys(Properties).toSorted()).toEqual(['Description', 'KmsKeyId', 'Name'])
  }
  expect(at('production', 'OutreachPagesFunction').Environment).toEqual({
    Variables: {
      STAGE: 'production',
      LOG_LEVEL: 'info',
      SLEEPCONNECT_URL: 'https://dreamconnect.health',
      USER_CONTEXT_SECRET_ID: 'sleepconnect/production/user-context',
    },
  })
})

test.each(['develop', 'staging', 'production'])(
  "%s: going over to the other routing mode changes the host's distribution and nothing else",
  (stage) => {
    const before = of(stage, 'host').resources
    const after = of(stage, 'edge').resources
    expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted())
    expect(Object.keys(before).filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]))).toEqual([
      'SleepconnectDistribution',
    ])
  },
)

test('what a firewall writes down holds no session, no token and nothing that was searched for', () => {
  expect(at('production', 'OutreachFirewallLogging').RedactedFields).toEqual([
    { SingleHeader: { Name: 'cookie' } },
    { SingleHeader: { Name: 'authorization' } },
    { SingleHeader: { Name: 'x-sax-user-context' } },
    { QueryString: {} },
  ])
})
