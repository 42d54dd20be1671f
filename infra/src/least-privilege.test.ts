import { describe, expect, test } from 'vitest'
import { existingDatabase } from './test/existing-database.ts'
import { permissionsOf } from './test/permissions.ts'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from './test/synthesized.ts'
import { type Wildcard, wildcardReasons, wildcardsIn } from './test/wildcards.ts'
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
// biome-ignore lint/suspicious/noTemplateCurlyInString: as above
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
      `Allow sqs:SendMessage on ${queue('outbox')}, ${queue('inbound')}`,
    ],
    'sleepconnect-outreach-worker-develop': [
      writes('outreach-worker'),
      traces,
      ...reads('twilio'),
      ...inVpc('outreach-worker'),
      throughProxy,
      `Allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes on ${queue('outbox')}, ${queue('inbound')}`,
      `Allow sqs:SendMessage on ${queue('outbox')}, ${queue('sweeps-failed')}`,
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
      `Allow lambda:GetAlias, lambda:GetFunction, lambda:GetFunctionConfiguration, lambda:InvokeFunction, lambda:ListVersionsByFunction on ${RELEASED.map((arn) => `${arn}, ${arn}:*`).join(', ')}`,
      `Allow s3:PutObject, s3:GetObject on ${bucket('sleepconnect')}/*, ${bucket('outreach')}/*`,
      `Allow s3:ListBucket on ${bucket('sleepconnect')}, ${bucket('outreach')}`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: how a reference of a template is written down
      'Allow cloudfront:CreateInvalidation, cloudfront:GetInvalidation, cloudfront:GetDistribution on arn:aws:cloudfront::111122223333:distribution/${SleepconnectDistribution}, arn:aws:cloudfront::111122223333:distribution/${OutreachDistribution}',
      `Allow logs:FilterLogEvents, logs:GetLogEvents, logs:DescribeLogStreams on ${[
        ...['outreach-api', 'outreach-worker', 'outreach-migrations', 'sleep-connect-server', 'outreach-server'],
      ]
        .map(functionLogs)
        .join(', ')}, arn:aws:logs:us-east-1:111122223333:log-group:/aws/apigateway/sleepconnect-api-develop:*`,
      'Allow cloudformation:DescribeStacks on arn:aws:cloudformation:us-east-1:111122223333:stack/sleepconnect-backend-develop/*, arn:aws:cloudformation:us-east-1:111122223333:stack/sleepconnect-develop/*',
      `Allow secretsmanager:DescribeSecret on ${['auth0', 'session', 'twilio', 'user-context'].map(secret).join(', ')}`,
    ],
    'sleepconnect-github-develop': [
      'Allow sts:AssumeRole on arn:aws:iam::111122223333:role/sleepconnect-deploy-develop',
    ],
  })
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

  test('fits into what IAM takes as a policy, with a zone more as well', () => {
    const [, three] = synthesized([withThirdZone(develop)], ['host'])
    if (three === undefined) throw new Error('nothing was synthesized')
    /** @source AWS IAM User Guide, "IAM and AWS STS quotas": managed policy, 6,144 characters without blanks */
    const characters = JSON.stringify(propertiesOf(three, 'DeployPolicy').PolicyDocument).length
    expect(characters).toBeLessThan(6144)
  })
})

describe('who takes a role on', () => {
  const trust = (stack: typeof site, id: string) =>
    (propertiesOf(stack, id).AssumeRolePolicyDocument as { readonly Statement: readonly object[] }).Statement

  test('people with a second factor and the role of GitHub may release', () => {
    expect(trust(site, 'DeployRole')).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/sleepconnect-github-develop' },
        Action: 'sts:AssumeRole',
      },
    ])
    expect(site.resources.DeployRole?.DependsOn).toEqual(['GithubRole'])
  })

  test('GitHub is one repository, one branch and one environment, for AWS alone', () => {
    expect(trust(site, 'GithubRole')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub':
              'repo:example/sleepconnect:ref:refs/heads/main:environment:develop',
          },
        },
      },
    ])
  })

  test('the provider is made where it is asked for, and not a second time in the same account', () => {
    expect(propertiesOf(site, 'GithubProvider')).toEqual({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
    })
    expect(site.resources.GithubRole?.DependsOn).toEqual(['GithubProvider'])
    const [, staging] = synthesized([exampleStage('staging')], ['host'])
    expect(staging?.resources.GithubRole).toBeDefined()
    expect(staging?.resources.GithubProvider).toBeUndefined()
  })

  test('without a repository nobody but people may release', () => {
    const { github: _, ...facts } = develop.facts
    const [, without] = synthesized([{ ...develop, facts }], ['host'])
    if (without === undefined) throw new Error('nothing was synthesized')
    expect(Object.keys(permissionsOf(without)).filter((name) => name.includes('github'))).toEqual([])
    expect(trust(without, 'DeployRole')).toHaveLength(1)
  })

  test.each([
    ['FlowLogsRole', 'vpc-flow-logs.amazonaws.com', 'arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*'],
    [
      'SchedulerRole',
      'scheduler.amazonaws.com',
      'arn:aws:scheduler:us-east-1:111122223333:schedule-group/sleepconnect-develop',
    ],
  ])('%s is taken on by its service, for what is of this account', (id, Service, source) => {
    expect(trust(backend, id)).toMatchObject([{ Principal: { Service }, Action: 'sts:AssumeRole' }])
    expect(JSON.stringify(trust(backend, id))).toContain(`"aws:SourceAccount":"111122223333"`)
    expect(JSON.stringify(trust(backend, id))).toContain(`"aws:SourceArn":"${source}"`)
  })

  test('every function has a role of its own, for Lambda', () => {
    for (const stack of [site, backend]) {
      const roles = ofType(stack, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
        expect(Properties.Role).toEqual({ 'Fn::GetAtt': [id.replace(/Function$/, 'Role'), 'Arn'] })
        return id.replace(/Function$/, 'Role')
      })
      expect(new Set(roles).size).toBe(3)
      for (const id of roles)
        expect(trust(stack, id)).toMatchObject([{ Principal: { Service: 'lambda.amazonaws.com' } }])
    }
  })
})

describe('what is allowed on everything', () => {
  const found = stacks.flatMap(wildcardsIn)
  const answers = (one: Wildcard) =>
    wildcardReasons.filter(({ type, actions }) => type === one.type && actions.test(one.actions))

  test('has a reason each time', () => {
    expect(found.filter((one) => answers(one).length === 0)).toEqual([])
  })

  test.each(wildcardReasons)('is still needed: $actions of $type', ({ type, actions, why }) => {
    expect(found.some((one) => one.type === type && actions.test(one.actions))).toBe(true)
    expect(why).toMatch(/^\S.{20,}\.$/)
  })

  test.each([
    ['everything', { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }],
    ['everything among other things', { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:x', '*'] }],
    ['all of a service', { Effect: 'Allow', Action: ['s3:Get*'], Resource: 'arn:x' }],
  ])('would be found: %s', (_what, Statement) => {
    const resources = {
      Some: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [Statement] } } },
    }
    const wild = wildcardsIn({ resources })
    expect(wild).toHaveLength(1)
    expect(wild.flatMap(answers)).toEqual([])
  })

  test('what is refused is no matter', () => {
    const Statement = [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }]
    expect(wildcardsIn({ resources: { Some: { Type: 'x', Properties: { PolicyDocument: { Statement } } } } })).toEqual(
      [],
    )
  })
})
