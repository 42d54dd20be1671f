import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type ResourceToImport,
} from '@aws-sdk/client-cloudformation'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
let s3: S3Client
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
  s3 = new S3Client(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await s3.send(new CreateBucketCommand({ Bucket: 'is-there' }))
})

const bucket = (BucketName: string, more: object = {}) => ({
  ...{ Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  Properties: { BucketName, ...more },
})
const of = (Resources: object, more: object = {}) => ({ Resources, ...more })
const identified: ResourceToImport = {
  ResourceType: 'AWS::S3::Bucket',
  LogicalResourceId: 'B',
  ResourceIdentifier: { BucketName: 'is-there' },
}
const versioned = { VersioningConfiguration: { Status: 'Enabled' } }
const versioning = async () => (await s3.send(new GetBucketVersioningCommand({ Bucket: 'is-there' }))).Status
const bringIn = (template: object, ResourcesToImport: ResourceToImport[] = [identified], StackName = 's') =>
  stacks.create(StackName, template, { ChangeSetType: 'IMPORT', ResourcesToImport })

/** Drift of every resource, once detection is over. */
const drifts = async (StackName: string) => {
  const cfn = new CloudFormationClient(asOwner(cloud))
  const { StackDriftDetectionId } = await cfn.send(new DetectStackDriftCommand({ StackName }))
  for (;;) {
    const seen = await cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }))
    if (seen.DetectionStatus === 'DETECTION_IN_PROGRESS') continue
    const { StackResourceDrifts = [] } = await cfn.send(new DescribeStackResourceDriftsCommand({ StackName }))
    return {
      status: seen.StackDriftStatus,
      resources: Object.fromEntries(
        StackResourceDrifts.map((one) => [one.LogicalResourceId, one.StackResourceDriftStatus]),
      ),
      differences: StackResourceDrifts.flatMap(({ LogicalResourceId, PropertyDifferences = [] }) =>
        PropertyDifferences.map(
          (one) =>
            `${LogicalResourceId}${one.PropertyPath} ${one.DifferenceType} ${one.ExpectedValue} ${one.ActualValue}`,
        ),
      ),
    }
  }
}

describe('bringing in what is there', () => {
  test('by its identifier: nothing of it is touched, and drift shows what differs', async () => {
    const set = await bringIn(of({ B: bucket('is-there', versioned) }))
    expect(
      (await stacks.describe(set)).Changes?.map(({ ResourceChange: change }) => [
        change?.Action,
        change?.PhysicalResourceId,
      ]),
    ).toEqual([['Import', 'is-there']])
    expect((await stacks.execute(set)).StackStatus).toBe('IMPORT_COMPLETE')
    expect(await versioning()).toBeUndefined()
    expect(await drifts('s')).toEqual({
      ...{ status: 'DRIFTED', resources: { B: 'MODIFIED' } },
      differences: ['B/VersioningConfiguration REMOVE {"Status":"Enabled"} null'],
    })
    // What a later template changes is applied; what it leaves is not.
    const next = of({ B: bucket('is-there', { ...versioned, Tags: [{ Key: 'a', Value: 'b' }] }) })
    expect((await stacks.apply('s', next)).StackStatus).toBe('UPDATE_COMPLETE')
    expect(await drifts('s')).toMatchObject({ status: 'IN_SYNC' })
  })

  test('by itself, where the name is written out and what has it is to be kept', async () => {
    const template = of({ B: bucket('is-there', versioned), N: bucket('is-new') })
    const set = await stacks.create('s', template, { ChangeSetType: 'CREATE', ImportExistingResources: true })
    expect(
      (await stacks.describe(set)).Changes?.map(
        ({ ResourceChange: change }) => `${change?.Action} ${change?.LogicalResourceId}`,
      ),
    ).toEqual(['Import B', 'Add N'])
    expect((await stacks.execute(set)).StackStatus).toBe('CREATE_COMPLETE')
    expect(await versioning()).toBeUndefined()
    expect(
      (await stacks.events('s')).map(
        ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
      ),
    ).toContain('B IMPORT_COMPLETE')
  })

  test('not by itself where a function makes the name', async () => {
    const named = { ...bucket('x'), Properties: { BucketName: { 'Fn::Sub': 'is-there' } } }
    const set = await stacks.create('s', of({ B: named }), { ChangeSetType: 'CREATE', ImportExistingResources: true })
    expect((await stacks.describe(set)).Changes?.[0]?.ResourceChange?.Action).toBe('Add')
    const stack = await stacks.execute(set, { DisableRollback: true })
    expect(stack.StackStatus).toBe('CREATE_FAILED')
    const failure = (await stacks.events('s')).find(
      ({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === 'B' && ResourceStatus === 'CREATE_FAILED',
    )
    expect(failure?.ResourceStatusReason).toContain('HandlerErrorCode: AlreadyExists')
  })

  test('not by itself where the identifier is not among the properties: a secret is known by its ARN', async () => {
    await new SecretsManagerClient(asOwner(cloud)).send(
      new CreateSecretCommand({ Name: 'is/there', SecretString: 'x' }),
    )
    const secret = {
      Type: 'AWS::SecretsManager::Secret',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { Name: 'is/there' },
    }
    const set = await stacks.create('s', of({ S: secret }), { ChangeSetType: 'CREATE', ImportExistingResources: true })
    expect((await stacks.describe(set)).Changes?.[0]?.ResourceChange?.Action).toBe('Add')
    expect((await stacks.execute(set, { DisableRollback: true })).StackStatus).toBe('CREATE_FAILED')
  })

  test.each<[why: string, template: object, wanted: ResourceToImport[], message: RegExp]>([
    ['nothing said', of({ B: bucket('is-there') }), [], /^ResourcesToImport must be given/],
    [
      'a type the template does not have there',
      of({ B: bucket('is-there') }),
      [{ ...identified, ResourceType: 'AWS::SNS::Topic' }],
      /holds no AWS::SNS::Topic named B/,
    ],
    [
      'no deletion policy',
      of({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'is-there' } } }),
      [identified],
      /must have a DeletionPolicy/,
    ],
    [
      'another identifier',
      of({ B: bucket('is-there') }),
      [{ ...identified, ResourceIdentifier: { Name: 'is-there' } }],
      /identified by \[BucketName\], not by \[Name\]/,
    ],
    [
      'something to be made beside it',
      of({ B: bucket('is-there'), N: bucket('is-new') }),
      [identified],
      /^As part of the import operation, you cannot modify or add \[N\]$/,
    ],
    [
      'outputs',
      of({ B: bucket('is-there') }, { Outputs: { O: { Value: 'x' } } }),
      [identified],
      /^As part of the import operation, you cannot modify or add \[Outputs\]$/,
    ],
    [
      'a record, which cannot be brought in',
      of({
        B: {
          Type: 'AWS::Route53::RecordSet',
          DeletionPolicy: 'Retain',
          Properties: { Name: 'x.example.com', Type: 'A' },
        },
      }),
      [{ ResourceType: 'AWS::Route53::RecordSet', LogicalResourceId: 'B', ResourceIdentifier: { Name: 'x' } }],
      /^ResourceTypes \[AWS::Route53::RecordSet\] are not supported for Import$/,
    ],
  ])('is refused: %s', async (_why, template, wanted, message) => {
    expect(await refusal(bringIn(template, wanted))).toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
    })
  })

  test('fails with the change set for what is not there, or is in another stack', async () => {
    const missing = { ...identified, ResourceIdentifier: { BucketName: 'is-not-there' } }
    const absent = await stacks.describe(await bringIn(of({ B: bucket('is-not-there') }), [missing]))
    expect(absent).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringContaining('does not exist') })
    await stacks.execute(await bringIn(of({ B: bucket('is-there') }), [identified], 'first'))
    const owned = await stacks.describe(await bringIn(of({ B: bucket('is-there') }), [identified], 'second'))
    expect(owned).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringMatching(/belongs to stack arn:aws:cloudformation:.*:stack\/first\//),
    })
    const automatic = await stacks.create('third', of({ B: bucket('is-there') }), {
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
    })
    expect((await stacks.describe(automatic)).StatusReason).toContain('ResourceExistenceCheck')
  })

  test('is taken back when it fails', async () => {
    const set = await bringIn(of({ B: bucket('is-there') }))
    await s3.send(new DeleteBucketCommand({ Bucket: 'is-there' }))
    expect((await stacks.execute(set)).StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE')
  })
})

describe('D10: drift', () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }
  const released = of({
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
        ...{ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Timeout: 30, Environment: { Variables: { STAGE: 'develop' } } },
      },
    },
    V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Fn' }, FunctionVersion: { 'Fn::GetAtt': ['V1', 'Version'] }, Name: 'live' },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'a',
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Threshold: 1,
        MetricName: 'm',
        Namespace: 'n',
        Period: 60,
        Statistic: 'Sum',
      },
    },
    B: bucket('drifting', versioned),
  })
  const lambda = () => new LambdaClient(asOwner(cloud))

  test('an architecture is changed with the code, which alone can carry it', async () => {
    await stacks.apply('s', released)
    const { Resources } = released as { Resources: { Fn: { Properties: object } } }
    const arm = { ...Resources.Fn, Properties: { ...Resources.Fn.Properties, Architectures: ['arm64'] } }
    expect((await stacks.apply('s', of({ ...Resources, Fn: arm }))).StackStatus).toBe('UPDATE_COMPLETE')
    const { Architectures } = await lambda().send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
    expect(Architectures).toEqual(['arm64'])
  })

  test('there is none after a stack was made; what cannot be compared is said not to be', async () => {
    expect((await stacks.apply('s', released)).StackStatus).toBe('CREATE_COMPLETE')
    expect(await drifts('s')).toEqual({
      status: 'IN_SYNC',
      resources: {
        Role: 'IN_SYNC',
        Fn: 'IN_SYNC',
        V1: 'NOT_CHECKED',
        Live: 'IN_SYNC',
        Alarm: 'NOT_CHECKED',
        B: 'IN_SYNC',
      },
      differences: [],
    })
  })

  test('what somebody changed, added and deleted by hand is found', async () => {
    await stacks.apply('s', released)
    await lambda().send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'fn',
        Timeout: 60,
        Environment: { Variables: { STAGE: 'develop', DEBUG: '1' } },
      }),
    )
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: 'drifting', VersioningConfiguration: { Status: 'Suspended' } }),
    )
    await new IAMClient(asOwner(cloud)).send(
      new CreateRoleCommand({ RoleName: 'unrelated', AssumeRolePolicyDocument: JSON.stringify(trust) }),
    )
    const found = await drifts('s')
    expect(found.status).toBe('DRIFTED')
    expect(found.differences.sort()).toEqual([
      'B/VersioningConfiguration/Status NOT_EQUAL Enabled Suspended',
      'Fn/Environment/Variables/DEBUG ADD null 1',
      'Fn/Timeout NOT_EQUAL 30 60',
    ])
    await s3.send(new DeleteBucketCommand({ Bucket: 'drifting' }))
    expect((await drifts('s')).resources).toMatchObject({ B: 'DELETED' })
  })

  test('a release that moved the alias shows, and an update of any other property of it puts it back', async () => {
    await stacks.apply('s', released)
    await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', MemorySize: 256 }))
    await lambda().send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
    await lambda().send(new PublishVersionCommand({ FunctionName: 'fn' }))
    await lambda().send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '2' }))
    expect((await drifts('s')).differences).toEqual(['Live/FunctionVersion NOT_EQUAL 1 2'])
    const { Resources } = released as { Resources: { Live: { Properties: object } } }
    const described = {
      ...Resources.Live,
      Properties: { ...Resources.Live.Properties, Description: 'traffic follows it' },
    }
    await stacks.apply('s', of({ ...Resources, Live: described }))
    expect((await lambda().send(new GetAliasCommand({ FunctionName: 'fn', Name: 'live' }))).FunctionVersion).toBe('1')
  })
})
