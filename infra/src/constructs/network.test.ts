import { describe, expect, test } from 'vitest'
import type { NatChoice } from '../sizing.ts'
import { exampleStage, ofType, propertiesOf, type SynthesizedStack, stackIn, synthesized } from '../test/synthesized.ts'

const stacks = synthesized(undefined, ['host'])
const backend = (stage: string) => stackIn(stacks, `sleepconnect-backend-${stage}`)
const develop = backend('develop')
const at = (id: string, stack = develop) => propertiesOf(stack, id)

function withNat(nat: NatChoice): SynthesizedStack {
  const stage = exampleStage('develop')
  return stackIn(synthesized([{ ...stage, sizes: { ...stage.sizes, nat } }], ['host']), 'sleepconnect-backend-develop')
}

test.each([
  ['develop', '10.41.0.0/16'],
  ['staging', '10.42.0.0/16'],
  ['production', '10.43.0.0/16'],
])('the network of %s has addresses of its own, and names inside it are resolved', (stage, CidrBlock) => {
  expect(at('Vpc', backend(stage))).toMatchObject({ CidrBlock, EnableDnsSupport: true, EnableDnsHostnames: true })
})

test('each kind of subnet is in two availability zones that are the same in every account, and none gives public addresses away', () => {
  const subnets = ofType(backend('production'), 'AWS::EC2::Subnet').map(([id, { Properties }]) => [
    id,
    Properties.AvailabilityZoneId,
    Properties.CidrBlock,
    Properties.MapPublicIpOnLaunch,
  ])
  expect(subnets.toSorted()).toEqual([
    ['DatabaseSubnetA', 'use1-az1', '10.43.2.0/24', false],
    ['DatabaseSubnetB', 'use1-az2', '10.43.3.0/24', false],
    ['FunctionsSubnetA', 'use1-az1', '10.43.16.0/20', false],
    ['FunctionsSubnetB', 'use1-az2', '10.43.32.0/20', false],
    ['PublicSubnetA', 'use1-az1', '10.43.0.0/24', false],
    ['PublicSubnetB', 'use1-az2', '10.43.1.0/24', false],
  ])
})

const routes = (stack: SynthesizedStack) =>
  Object.fromEntries(
    ofType(stack, 'AWS::EC2::Route').map(([id, { Properties }]) => [
      id,
      [Properties.RouteTableId, Properties.NatGatewayId ?? Properties.GatewayId],
    ]),
  )

test('without a gateway there is no way to the internet at all', () => {
  const stack = withNat('none')
  expect(routes(stack)).toEqual({})
  for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP']) {
    expect(ofType(stack, type)).toEqual([])
  }
  expect(ofType(stack, 'AWS::EC2::Subnet')).toHaveLength(4)
})

test('develop and staging leave by one gateway', () => {
  for (const stage of ['develop', 'staging']) {
    expect(routes(backend(stage))).toEqual({
      PublicRoute: [{ Ref: 'PublicRouteTable' }, { Ref: 'InternetGateway' }],
      FunctionsARoute: [{ Ref: 'FunctionsARouteTable' }, { Ref: 'NatGatewayA' }],
      FunctionsBRoute: [{ Ref: 'FunctionsBRouteTable' }, { Ref: 'NatGatewayA' }],
    })
  }
})

test('in production each availability zone leaves by its own', () => {
  expect(routes(backend('production'))).toMatchObject({
    FunctionsARoute: [{ Ref: 'FunctionsARouteTable' }, { Ref: 'NatGatewayA' }],
    FunctionsBRoute: [{ Ref: 'FunctionsBRouteTable' }, { Ref: 'NatGatewayB' }],
  })
  expect(at('NatGatewayB', backend('production'))).toMatchObject({ SubnetId: { Ref: 'PublicSubnetB' } })
})

test('the database has no way out in any stage', () => {
  for (const letter of ['A', 'B']) {
    expect(at(`DatabaseSubnet${letter}Routes`)).toEqual({
      SubnetId: { Ref: `DatabaseSubnet${letter}` },
      RouteTableId: { Ref: 'DatabaseRouteTable' },
    })
  }
  expect(JSON.stringify(routes(develop))).not.toContain('DatabaseRouteTable')
})

test('what flows is written down, refusals included, by a role of its own', () => {
  expect(at('FlowLog')).toMatchObject({
    ResourceId: { Ref: 'Vpc' },
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogGroupName: '/sleepconnect/develop/flow-logs',
    DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/sleepconnect-flow-logs-develop',
  })
  expect(develop.resources.FlowLog?.DependsOn?.toSorted()).toEqual(['FlowLogs', 'FlowLogsRole'])
})

describe('endpoints', () => {
  const policy = (id: string) => (at(id).PolicyDocument as { readonly Statement: readonly object[] }).Statement
  const own = { 'aws:PrincipalAccount': '111122223333', 'aws:ResourceAccount': '111122223333' }

  test('S3 is reached by the tables of the functions, for buckets of this account', () => {
    expect(at('S3Endpoint')).toMatchObject({
      VpcEndpointType: 'Gateway',
      ServiceName: 'com.amazonaws.us-east-1.s3',
      RouteTableIds: [{ Ref: 'FunctionsARouteTable' }, { Ref: 'FunctionsBRouteTable' }],
    })
    expect(policy('S3Endpoint')).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
        Resource: '*',
        Condition: { StringEquals: own },
      },
    ])
  })

  test.each([
    ['SecretsManagerEndpoint', 'secretsmanager'],
    ['SqsEndpoint', 'sqs'],
  ])('%s answers under the usual name, to functions only', (id, service) => {
    expect(at(id)).toMatchObject({
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.us-east-1.${service}`,
      PrivateDnsEnabled: true,
      SubnetIds: [{ Ref: 'FunctionsSubnetA' }, { Ref: 'FunctionsSubnetB' }],
      SecurityGroupIds: [{ Ref: 'EndpointsSecurityGroup' }],
    })
  })

  test("secrets are those of the stage and the database's own, queues those of the stage", () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:'
    expect(policy('SecretsManagerEndpoint')).toMatchObject([
      {
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [
          `${secret}sleepconnect/develop/auth0-??????`,
          `${secret}sleepconnect/develop/session-??????`,
          `${secret}sleepconnect/develop/twilio-??????`,
          `${secret}sleepconnect/develop/user-context-??????`,
          `${secret}rds!cluster-*`,
        ],
        Condition: { StringEquals: own },
      },
    ])
    const queue = 'arn:aws:sqs:us-east-1:111122223333:sleepconnect-'
    expect(policy('SqsEndpoint')).toMatchObject([
      {
        Action: ['sqs:SendMessage'],
        Resource: [
          `${queue}outbox-develop`,
          `${queue}outbox-failed-develop`,
          `${queue}inbound-develop`,
          `${queue}inbound-failed-develop`,
          `${queue}sweeps-failed-develop`,
        ],
      },
    ])
  })
})

describe('who may speak to whom', () => {
  const rules = (type: string) =>
    ofType(develop, type).map(([, { Properties }]) => [
      (Properties.SourceSecurityGroupId ?? Properties.GroupId) as { readonly Ref: string },
      (Properties.SourceSecurityGroupId === undefined ? Properties.DestinationSecurityGroupId : Properties.GroupId) as {
        readonly Ref: string
      },
      Properties.FromPort,
      Properties.ToPort,
    ])
  const named = (all: ReturnType<typeof rules>) =>
    all.map(([from, to, first, last]) => {
      const name = (ref: unknown) => (ref as { readonly Ref: string }).Ref.replace(/SecurityGroup$/, '')
      return `${name(from)} -> ${name(to)} ${first}-${last}`
    })

  test('functions to the proxy, the proxy and migrations to the database, both to the endpoints', () => {
    expect(named(rules('AWS::EC2::SecurityGroupIngress')).toSorted()).toEqual([
      'DatabaseClients -> Database 5432-5432',
      'Functions -> Endpoints 443-443',
      'Functions -> Proxy 5432-5432',
      'Migrations -> Endpoints 443-443',
    ])
    expect(named(rules('AWS::EC2::SecurityGroupEgress')).toSorted()).toEqual([
      'DatabaseClients -> Database 5432-5432',
      'Functions -> Proxy 5432-5432',
    ])
  })

  test('by themselves, only functions and migrations leave the network, and only by HTTPS', () => {
    const leaving = ofType(develop, 'AWS::EC2::SecurityGroup').map(([id, { Properties }]) => {
      const [rule] = Properties.SecurityGroupEgress as readonly { readonly CidrIp: string; readonly FromPort: number }[]
      return [id.replace(/SecurityGroup$/, ''), rule?.CidrIp, rule?.FromPort]
    })
    expect(leaving.toSorted()).toEqual([
      ['Database', '255.255.255.255/32', 252],
      ['DatabaseClients', '255.255.255.255/32', 252],
      ['Endpoints', '255.255.255.255/32', 252],
      ['Functions', '0.0.0.0/0', 443],
      ['Migrations', '0.0.0.0/0', 443],
      ['Proxy', '255.255.255.255/32', 252],
    ])
  })
})
