import { describe, expect, test } from 'vitest'
import { existingDatabase } from './test/existing-database.ts'
import { permissionsOf } from './test/permissions.ts'
import { exampleStage, propertiesOf, stackIn, synthesized } from './test/synthesized.ts'
import { withThirdZone } from './test/with-third-zone.ts'

const develop = exampleStage('develop')
const stacks = synthesized([develop], ['host'])
const site = stackIn(stacks, 'sleepconnect-develop-host')
const backend = stackIn(stacks, 'sleepconnect-backend-develop')

const lambda = (name: string) =>
  `arn:aws:lambda:us-east-1:111122223333:function:sax-lambda-us-east-1-0x-d-${name}_develop`
const functionLogs = (name: string) =>
  `arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/sax-lambda-us-east-1-0x-d-${name}_develop:*`
const secret = (name: string) =>
  `arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/${name}-??????`
const queue = (name: string) => `arn:aws:sqs:us-east-1:111122223333:sleepconnect-${name}-develop`
const bucket = (zone: string) => `arn:aws:s3:::sax-nextjs-us-east-1-develop-${zone}-assets`
const RELEASES = 'arn:aws:s3:::sax-releases-us-east-1-develop-111122223333'
const keyOfBuckets =
  'Allow kms:GenerateDataKey, kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/* when {"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/sleepconnect-develop"},"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}'

const PICTURES = 'arn:aws:s3:::sax-media-us-east-1-develop-111122223333'
const picturesShown = [
  `Allow s3:PutObject, s3:GetObject on ${PICTURES}/*`,
  `Allow s3:ListBucket on ${PICTURES}`,
  keyOfBuckets,
]
const picturesKept = [`Allow s3:PutObject, s3:DeleteObject on ${PICTURES}/*`, keyOfBuckets]

const writes = (name: string) => `Allow logs:CreateLogStream, logs:PutLogEvents on ${functionLogs(name)}`
const traces = 'Allow xray:PutTraceSegments, xray:PutTelemetryRecords on *'
const reads = (...names: readonly string[]) => [
  `Allow secretsmanager:GetSecretValue on ${names.map(secret).join(', ')}`,
  'Allow kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/* when {"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/sleepconnect-develop"},"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"}}',
]
const INTERFACES =
  'ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:DeleteNetworkInterface, ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses'
const inVpc = (name: string) => [
  `Allow ${INTERFACES} on *`,
  `Deny ${INTERFACES}, ec2:DetachNetworkInterface on * when {"ArnEquals":{"lambda:SourceFunctionArn":"${lambda(name)}"}}`,
]
/** The proxy's own id, which is the seventh part of its ARN. */
const throughProxy =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: how an attribute of a template is written down
  'Allow rds-db:connect on arn:aws:rds-db:us-east-1:111122223333:dbuser:${6 of "${DatabaseProxy.DBProxyArn}"}/app_user'
// biome-ignore lint/suspicious/noTemplateCurlyInString: how an attribute of a template is written down
const ADMIN_SECRET = '${DatabaseCluster.MasterUserSecret.SecretArn}'
const adminSecret = (arn: string) => [
  `Allow secretsmanager:GetSecretValue on ${arn}`,
  `Allow kms:Decrypt on arn:aws:kms:us-east-1:111122223333:key/* when {"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com","kms:EncryptionContext:SecretARN":"${arn}"}}`,
]

test('what each role of the backend may do, in full', () => {
  expect(permissionsOf(backend)).toEqual({
    'sleepconnect-outreach-api-develop': [
      writes('outreach-api'),
      traces,
      ...reads('twilio', 'user-context'),
      ...inVpc('outreach-api'),
      throughProxy,
      `Allow sqs:SendMessage on ${queue('outbox')}`,
      ...picturesShown,
    ],
    'sleepconnect-outreach-worker-develop': [
      writes('outreach-worker'),
      traces,
      ...reads('twilio'),
      ...inVpc('outreach-worker'),
      throughProxy,
      `Allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes on ${queue('outbox')}, ${queue('inbound')}`,
      `Allow sqs:SendMessage on ${queue('outbox')}, ${queue('sweeps-failed')}`,
      ...picturesKept,
    ],
    'sleepconnect-outreach-migrations-develop': [
      writes('outreach-migrations'),
      traces,
      ...inVpc('outreach-migrations'),
      ...adminSecret(ADMIN_SECRET),
    ],
    'sleepconnect-database-proxy-develop': [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: how an attribute of a template is written down
      'Allow rds-db:connect on arn:aws:rds-db:us-east-1:111122223333:dbuser:${DatabaseCluster.DBClusterResourceId}/app_user',
    ],
    'sleepconnect-database-monitoring-develop': [
      "AWS's own policy arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    ],
    'sleepconnect-scheduler-develop': [
      `Allow lambda:InvokeFunction on ${lambda('outreach-worker')}:live`,
      `Allow sqs:SendMessage on ${queue('sweeps-failed')}`,
    ],
    'sleepconnect-flow-logs-develop': [
      'Allow logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogStreams on arn:aws:logs:us-east-1:111122223333:log-group:/sleepconnect/develop/flow-logs:*',
    ],
  })
})

const RELEASED = [
  'outreach-api',
  'outreach-worker',
  'outreach-migrations',
  'sleep-connect-server',
  'outreach-server',
  'outreach-api-routes',
].map(lambda)

test('what each role of the site may do, in full', () => {
  expect(permissionsOf(site)).toEqual({
    'sleepconnect-sleep-connect-server-develop': [
      writes('sleep-connect-server'),
      traces,
      ...reads('auth0', 'session', 'user-context'),
    ],
    'sleepconnect-outreach-server-develop': [writes('outreach-server'), traces, ...reads('user-context')],
    'sleepconnect-outreach-api-routes-develop': [writes('outreach-server'), traces, ...reads('user-context')],
    'sleepconnect-deploy-develop': [
      `Allow lambda:UpdateFunctionCode, lambda:PublishVersion, lambda:UpdateAlias on ${RELEASED.join(', ')}`,
      `Allow lambda:GetAlias, lambda:GetFunction, lambda:GetFunctionConfiguration, lambda:GetFunctionUrlConfig, lambda:InvokeFunction, lambda:ListVersionsByFunction on ${RELEASED.map((arn) => `${arn}, ${arn}:*`).join(', ')}`,
      `Allow s3:PutObject, s3:GetObject on ${bucket('sleepconnect')}/*, ${bucket('outreach')}/*, ${RELEASES}/*`,
      `Allow s3:ListBucket, s3:GetBucketPublicAccessBlock on ${bucket('sleepconnect')}, ${bucket('outreach')}, ${RELEASES}`,
      'Allow apigateway:GET on arn:aws:apigateway:us-east-1::/apis',
      keyOfBuckets,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: how a reference of a template is written down
      'Allow cloudfront:CreateInvalidation, cloudfront:GetInvalidation, cloudfront:GetDistribution on arn:aws:cloudfront::111122223333:distribution/${SleepconnectDistribution}, arn:aws:cloudfront::111122223333:distribution/${OutreachDistribution}',
      `Allow logs:FilterLogEvents, logs:GetLogEvents, logs:DescribeLogStreams on ${[
        ...['outreach-api', 'outreach-worker', 'outreach-migrations', 'sleep-connect-server', 'outreach-server'],
      ]
        .map(functionLogs)
        .join(', ')}, arn:aws:logs:us-east-1:111122223333:log-group:/aws/apigateway/sleepconnect-api-develop:*`,
      'Allow cloudwatch:DescribeAlarms on arn:aws:cloudwatch:us-east-1:111122223333:alarm:*',
      'Allow cloudformation:DescribeStacks, cloudformation:ListStackResources on arn:aws:cloudformation:us-east-1:111122223333:stack/sleepconnect-backend-develop/*, arn:aws:cloudformation:us-east-1:111122223333:stack/sleepconnect-develop/*',
      `Allow secretsmanager:DescribeSecret on ${['auth0', 'session', 'twilio', 'user-context'].map(secret).join(', ')}`,
    ],
    'sleepconnect-prune-develop': [
      `Allow lambda:DeleteFunction on ${RELEASED.map((arn) => `${arn}:*`).join(', ')}`,
      `Allow lambda:GetAlias, lambda:ListVersionsByFunction on ${RELEASED.map((arn) => `${arn}, ${arn}:*`).join(', ')}`,
      `Allow s3:ListBucket on ${bucket('sleepconnect')}, ${bucket('outreach')}, ${RELEASES}`,
      `Allow s3:DeleteObject on ${bucket('sleepconnect')}/*, ${bucket('outreach')}/*, ${RELEASES}/artefacts/*`,
      `Allow s3:GetObject on ${RELEASES}/*`,
      `Allow s3:PutObject on ${RELEASES}/lock.json, ${RELEASES}/records/*`,
      keyOfBuckets,
    ],
    'sleepconnect-github-develop': [
      'Allow sts:AssumeRole on arn:aws:iam::111122223333:role/sleepconnect-deploy-develop',
    ],
  })
})

test('where Comprehend reads texts the worker may ask it, and both it and the backend know', () => {
  const sizes = { ...develop.sizes, moods: 'comprehend' as const }
  const [reading] = synthesized([{ ...develop, sizes }], ['host'])
  if (reading === undefined) throw new Error('nothing was synthesized')
  const all = permissionsOf(reading)
  expect(all['sleepconnect-outreach-worker-develop']).toContain('Allow comprehend:DetectSentiment on *')
  expect(JSON.stringify(all['sleepconnect-outreach-api-develop'])).not.toContain('comprehend')
  for (const id of ['OutreachApiFunction', 'OutreachWorkerFunction']) {
    expect(propertiesOf(reading, id)).toMatchObject({ Environment: { Variables: { SENTIMENT: 'comprehend' } } })
  }
})

test('with a database that is given, migrations read its administrator’s secret and the proxy is let into its cluster', () => {
  const [given] = synthesized([{ ...develop, facts: { ...develop.facts, database: existingDatabase } }], ['host'])
  if (given === undefined) throw new Error('nothing was synthesized')
  const all = permissionsOf(given)
  expect(all['sleepconnect-outreach-migrations-develop']).toEqual([
    writes('outreach-migrations'),
    traces,
    ...inVpc('outreach-migrations'),
    ...adminSecret(existingDatabase.adminSecretArn),
  ])
  expect(all['sleepconnect-database-proxy-develop']).toEqual([
    'Allow rds-db:connect on arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-ABCDEFGHIJKL1234567890MNOP/app_user',
  ])
  expect(all).not.toHaveProperty('sleepconnect-database-monitoring-develop')
})

describe('a release', () => {
  const deploy = permissionsOf(site)['sleepconnect-deploy-develop']?.join('\n') ?? ''

  test('takes nothing away, passes no role on and learns no secret', () => {
    expect(deploy).not.toMatch(/Delete|Remove|PassRole|GetSecretValue|TagResource|UpdateFunctionConfiguration/)
    expect(deploy).not.toMatch(/ on \*/)
  })

  test('lets nobody prune who is not a person with a second factor, and takes away versions alone', () => {
    const prune = permissionsOf(site)['sleepconnect-prune-develop'] ?? []
    expect(
      prune[0]
        ?.split(' on ')[1]
        ?.split(', ')
        .every((arn) => arn.endsWith(':*')),
    ).toBe(true)
    const [, trust] = Object.entries(site.resources).find(([id]) => id === 'PruneRole') ?? []
    expect(JSON.stringify(trust?.Properties.AssumeRolePolicyDocument)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}',
    )
  })

  test('fits into what IAM takes as a policy, with a zone more as well', () => {
    const [, three] = synthesized([withThirdZone(develop)], ['host'])
    if (three === undefined) throw new Error('nothing was synthesized')
    /** @source AWS IAM User Guide, "IAM and AWS STS quotas": managed policy, 6,144 characters without blanks */
    const characters = JSON.stringify(propertiesOf(three, 'DeployPolicy').PolicyDocument).length
    expect(characters).toBeLessThan(6144)
  })
})
