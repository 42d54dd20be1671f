import { describe, expect, test } from 'vitest'
import { existingDatabase } from '../test/existing-database.ts'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const stacks = synthesized(undefined, ['host'])
const backend = (stage: string) => stackIn(stacks, `sleepconnect-backend-${stage}`)
const at = (stage: string, id: string) => propertiesOf(backend(stage), id)
const KEY = { 'Fn::Join': ['', ['arn:aws:kms:us-east-1:111122223333:key/', { Ref: 'Key' }]] }

test('the cluster is encrypted, protected, reached by TLS and IAM, and its password is nobody’s to know', () => {
  expect(at('develop', 'DatabaseCluster')).toMatchObject({
    DBClusterIdentifier: 'sleepconnect-develop',
    Engine: 'aurora-postgresql',
    EngineVersion: '18.4',
    DatabaseName: 'outreach',
    StorageEncrypted: true,
    KmsKeyId: KEY,
    ManageMasterUserPassword: true,
    MasterUserSecret: { KmsKeyId: KEY },
    EnableIAMDatabaseAuthentication: true,
    DeletionProtection: true,
    CopyTagsToSnapshot: true,
    EnableCloudwatchLogsExports: ['postgresql'],
    VpcSecurityGroupIds: [{ Ref: 'DatabaseSecurityGroup' }],
  })
  expect(at('develop', 'DatabaseCluster')).not.toHaveProperty('MasterUserPassword')
  expect(at('develop', 'DatabaseSubnets')).toMatchObject({
    SubnetIds: [{ Ref: 'DatabaseSubnetA' }, { Ref: 'DatabaseSubnetB' }],
  })
})

test('S9: what PostgreSQL writes about an error holds neither the statement nor the values', () => {
  expect(at('develop', 'DatabaseParameters')).toMatchObject({
    Family: 'aurora-postgresql18',
    Parameters: { 'rds.force_ssl': '1', log_error_verbosity: 'terse', log_min_error_statement: 'panic' },
  })
  expect(at('develop', 'DatabaseProxy')).toMatchObject({ DebugLogging: false })
})

test.each<[stage: string, minAcu: number, maxAcu: number, instances: number, backupDays: number]>([
  ['develop', 0.5, 2, 1, 7],
  ['staging', 0.5, 4, 1, 14],
  ['production', 2, 16, 2, 35],
])('%s has %d to %d capacity units, %d instances and %d days of backups', (stage, min, max, instances, days) => {
  expect(at(stage, 'DatabaseCluster')).toMatchObject({
    ServerlessV2ScalingConfiguration: { MinCapacity: min, MaxCapacity: max },
    BackupRetentionPeriod: days,
  })
  const made = ofType(backend(stage), 'AWS::RDS::DBInstance').map(([, { Properties }]) => Properties)
  expect(made.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(
    [`sleepconnect-${stage}-1`, `sleepconnect-${stage}-2`].slice(0, instances),
  )
  for (const instance of made) {
    expect(instance).toMatchObject({
      DBClusterIdentifier: { Ref: 'DatabaseCluster' },
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      EnablePerformanceInsights: true,
      MonitoringInterval: 60,
    })
  }
})

test('the log groups that RDS writes into are there, encrypted and bounded, before it does', () => {
  expect(at('production', 'DatabaseLogs')).toMatchObject({
    LogGroupName: '/aws/rds/cluster/sleepconnect-production/postgresql',
    RetentionInDays: 400,
  })
  expect(backend('production').resources.DatabaseCluster?.DependsOn).toContain('DatabaseLogs')
  expect(at('production', 'DatabaseProxyLogs')).toMatchObject({
    LogGroupName: '/aws/rds/proxy/sleepconnect-production',
  })
})

describe('the proxy', () => {
  test('takes TLS and IAM only, from end to end, and knows no password', () => {
    expect(at('develop', 'DatabaseProxy')).toMatchObject({
      DBProxyName: 'sleepconnect-develop',
      EngineFamily: 'POSTGRESQL',
      RequireTLS: true,
      DefaultAuthScheme: 'IAM_AUTH',
      VpcSubnetIds: [{ Ref: 'DatabaseSubnetA' }, { Ref: 'DatabaseSubnetB' }],
      VpcSecurityGroupIds: [{ Ref: 'ProxySecurityGroup' }, { Ref: 'DatabaseClientsSecurityGroup' }],
    })
    expect(at('develop', 'DatabaseProxy')).not.toHaveProperty('Auth')
  })

  test('stands before the cluster, and waits for an instance to be there', () => {
    expect(at('production', 'DatabaseProxyTarget')).toMatchObject({
      TargetGroupName: 'default',
      DBClusterIdentifiers: ['sleepconnect-production'],
    })
    expect(backend('production').resources.DatabaseProxyTarget?.DependsOn?.toSorted()).toEqual([
      'DatabaseCluster',
      'DatabaseInstance1',
      'DatabaseInstance2',
    ])
  })
})

const environmentOf = (id: string, stack = backend('develop')) =>
  (propertiesOf(stack, id).Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables

describe('functions', () => {
  const placeOf = (id: string) => at('develop', id).VpcConfig
  const subnets = [{ Ref: 'FunctionsSubnetA' }, { Ref: 'FunctionsSubnetB' }]

  test.each(['OutreachApiFunction', 'OutreachWorkerFunction'])('%s goes through the proxy as app_user', (id) => {
    expect(placeOf(id)).toEqual({ SubnetIds: subnets, SecurityGroupIds: [{ Ref: 'FunctionsSecurityGroup' }] })
    expect(environmentOf(id)).toMatchObject({
      DATABASE_HOST: { 'Fn::GetAtt': ['DatabaseProxy', 'Endpoint'] },
      DATABASE_NAME: 'outreach',
      DATABASE_USER: 'app_user',
    })
  })

  test('migrations go to the cluster itself, as its administrator, one at a time', () => {
    expect(placeOf('OutreachMigrationsFunction')).toEqual({
      SubnetIds: subnets,
      SecurityGroupIds: [{ Ref: 'MigrationsSecurityGroup' }, { Ref: 'DatabaseClientsSecurityGroup' }],
    })
    expect(environmentOf('OutreachMigrationsFunction')).toMatchObject({
      DATABASE_HOST: { 'Fn::GetAtt': ['DatabaseCluster', 'Endpoint.Address'] },
      DATABASE_ADMIN_SECRET_ID: { 'Fn::GetAtt': ['DatabaseCluster', 'MasterUserSecret.SecretArn'] },
    })
    expect(at('develop', 'OutreachMigrationsFunction')).toMatchObject({
      Timeout: 900,
      ReservedConcurrentExecutions: 1,
    })
  })
})

describe('a database that is given', () => {
  const stage = exampleStage('develop')
  const stack = stackIn(
    synthesized([{ ...stage, facts: { ...stage.facts, database: existingDatabase } }], ['host']),
    'sleepconnect-backend-develop',
  )

  test('neither network nor cluster is made, and nothing of the cluster is touched', () => {
    const types = new Set(Object.values(stack.resources).map(({ Type }) => Type))
    expect([...types].filter((type) => /^AWS::(EC2|RDS)::/.test(type)).toSorted()).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::RDS::DBProxy',
      'AWS::RDS::DBProxyTargetGroup',
    ])
    expect(stack.resources.DatabaseCapacityAlarm).toBeUndefined()
  })

  test('its security group gets one rule', () => {
    const touching = Object.entries(stack.resources).filter(
      ([, { Properties }]) => Properties.GroupId === existingDatabase.securityGroupId,
    )
    expect(touching.map(([id, { Properties }]) => [id, Properties])).toEqual([
      [
        'DatabaseFromClients',
        {
          GroupId: 'sg-0123456789abcdef0',
          SourceSecurityGroupId: { Ref: 'DatabaseClientsSecurityGroup' },
          IpProtocol: 'tcp',
          FromPort: 5432,
          ToPort: 5432,
        },
      ],
    ])
  })

  test('proxy and functions go into its network', () => {
    expect(propertiesOf(stack, 'DatabaseProxy').VpcSubnetIds).toEqual(existingDatabase.subnetIds)
    expect(propertiesOf(stack, 'DatabaseProxyTarget').DBClusterIdentifiers).toEqual(['practice-data'])
    for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      expect(Properties.VpcConfig).toMatchObject({ SubnetIds: existingDatabase.subnetIds })
    }
    for (const [, { Properties }] of ofType(stack, 'AWS::EC2::SecurityGroup')) {
      expect(Properties.VpcId).toBe('vpc-0123456789abcdef0')
    }
  })

  test('functions know its name, and migrations where it is and whose word it takes', () => {
    expect(environmentOf('OutreachApiFunction', stack)).toMatchObject({ DATABASE_NAME: 'practice' })
    expect(environmentOf('OutreachMigrationsFunction', stack)).toMatchObject({
      DATABASE_HOST: existingDatabase.host,
      DATABASE_ADMIN_SECRET_ID: existingDatabase.adminSecretArn,
    })
  })
})
