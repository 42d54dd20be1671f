import { randomBytes } from 'node:crypto'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { type Cloud, startCloud } from '../index.ts'
import { zipOf } from './zip.ts'

const OWN = '111122223333'
const ROLE = `arn:aws:iam::${OWN}:role/runs`
const ARN = `arn:aws:lambda:us-east-1:${OWN}:function:fn`

let cloud: Cloud
let lambda: LambdaClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: OWN, concurrencyLimit: 250 })
  lambda = new LambdaClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await role('runs', 'lambda.amazonaws.com')
})

const role = (RoleName: string, Service: string) =>
  new IAMClient(asOwner(cloud)).send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
      }),
    }),
  )
const zip = (text = 'exports.handler = async () => 1') => new Uint8Array(zipOf('index.js', text))
const base = { FunctionName: 'fn', Role: ROLE, Runtime: 'nodejs24.x' as const, Handler: 'index.handler' }
const create = (more: Partial<ConstructorParameters<typeof CreateFunctionCommand>[0]> = {}) =>
  lambda.send(new CreateFunctionCommand({ ...base, Code: { ZipFile: zip() }, ...more }))
const look = async (): Promise<FunctionConfiguration> => {
  const { $metadata: _, ...configuration } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'fn' }),
  )
  return configuration
}
/** Makes a function with so many versions. */
const withVersions = async (count: number) => {
  await create()
  for (let i = 1; i <= count; i++) {
    await look()
    await lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip(`exports.handler = async () => ${i}`) }),
    )
    await look()
    await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
  }
}
const alias = (more: Partial<ConstructorParameters<typeof CreateAliasCommand>[0]> = {}) =>
  lambda.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '1', ...more }))

describe('making a function', () => {
  test('gives back what was set, logging included', async () => {
    const LoggingConfig = { LogFormat: 'JSON' as const, LogGroup: '/a/group' }
    await create({ LoggingConfig, Environment: { Variables: { STAGE: 'develop' } }, MemorySize: 1024 })
    expect(await look()).toMatchObject({
      ...{ FunctionArn: ARN, State: 'Active', LastUpdateStatus: 'Successful', MemorySize: 1024, Version: '$LATEST' },
      LoggingConfig: { ...LoggingConfig, ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
      Environment: { Variables: { STAGE: 'develop' } },
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    })
  })

  test.each<[why: string, more: object, code: string, message: RegExp]>([
    [
      'a runtime that is not there',
      { Runtime: 'nodejs99.x' },
      'InvalidParameterValueException',
      /^Value nodejs99\.x at 'runtime' failed/,
    ],
    [
      'a runtime out of support',
      { Runtime: 'nodejs20.x' },
      'InvalidParameterValueException',
      /nodejs20\.x is no longer supported/,
    ],
    [
      'a role that is not there',
      { Role: `arn:aws:iam::${OWN}:role/none` },
      'InvalidParameterValueException',
      /^The role defined for the function cannot be assumed by Lambda\.$/,
    ],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      'more than 4 KB of environment',
      { Environment: { Variables: { LARGE: 'x'.repeat(4085) } } },
      'InvalidParameterValueException',
      /exceeded the 4KB limit/,
    ],
    [
      'a variable name with a dash',
      { Environment: { Variables: { 'A-B': 'x' } } },
      'ValidationException',
      /Map keys must satisfy/,
    ],
    [
      'no zip',
      { Code: { ZipFile: new Uint8Array([1, 2, 3]) } },
      'InvalidParameterValueException',
      /^Could not unzip uploaded file/,
    ],
    ['a container image', { PackageType: 'Image' }, 'InvalidParameterValueException', /Container images/],
    ['a time-out of 901 s', { Timeout: 901 }, 'ValidationException', /'timeout'/],
  ])('%s is refused', async (_why, more, code, message) => {
    expect(await refusal(create(more))).toEqual({ name: code, message: expect.stringMatching(message), status: 400 })
  })

  test('exactly 4 KB of environment is taken', async () => {
    // {"LARGE":"…"} is 12 characters around the value: 4096 - 12 = 4084
    await create({ Environment: { Variables: { LARGE: 'x'.repeat(4084) } } })
  })

  test('a role that trusts somebody else is refused', async () => {
    await role('other', 'ec2.amazonaws.com')
    expect(await refusal(create({ Role: `arn:aws:iam::${OWN}:role/other` }))).toMatchObject({
      name: 'InvalidParameterValueException',
    })
  })

  test('a zip over 50 MB is refused', async () => {
    expect(await refusal(create({ Code: { ZipFile: randomBytes(52_428_801) } }))).toEqual({
      ...{ name: 'RequestEntityTooLargeException', status: 413 },
      message: 'Zipped size must be smaller than 52428800 bytes',
    })
  })

  test('a name that is taken is refused', async () => {
    await create()
    expect(await refusal(create())).toEqual({
      name: 'ResourceConflictException',
      message: 'Function already exist: fn',
      status: 409,
    })
  })

  test('of two that are made at once under one name, one is refused', async () => {
    const both = await Promise.allSettled([create(), create()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('code comes from S3, or the reason why not', async () => {
    const s3 = new S3Client(asOwner(cloud))
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }))
    await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'fn.zip', Body: zip() }))
    await create({ Code: { S3Bucket: 'code', S3Key: 'fn.zip' } })
    const missing = create({ FunctionName: 'fn2', Code: { S3Bucket: 'code', S3Key: 'none.zip' } })
    expect(await refusal(missing)).toMatchObject({
      message: expect.stringContaining('Error occurred while GetObject. S3 Error Code: NoSuchKey.'),
    })
  })
})

describe('changing a function', () => {
  test('somebody who does not wait for the last change is refused', async () => {
    await create()
    const update = () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 10 }))
    const refused = {
      ...{ name: 'ResourceConflictException', status: 409 },
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
    }
    expect(await refusal(update())).toEqual(refused)
    await look()
    expect(await update()).toMatchObject({ LastUpdateStatus: 'InProgress', Timeout: 10 })
    expect(await refusal(lambda.send(new PublishVersionCommand({ FunctionName: 'fn' })))).toEqual(refused)
  })

  test('a revision that is out of date is refused, the one of the change itself included', async () => {
    await create()
    const { RevisionId = '' } = await look()
    const update = (revision: string) =>
      lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip('2'), RevisionId: revision }))
    const changed = await update(RevisionId)
    await look()
    for (const outdated of [RevisionId, changed.RevisionId ?? '']) {
      expect(await refusal(update(outdated))).toMatchObject({
        ...{ name: 'PreconditionFailedException', status: 412 },
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      })
    }
  })

  test('D15: of two changes made at once from one revision, one is refused', async () => {
    await create()
    const { RevisionId } = await look()
    const update = (text: string) =>
      lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip(text), RevisionId }))
    const both = await Promise.allSettled([update('1'), update('2')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a dry run changes nothing and counts as looking', async () => {
    await create()
    const before = await look()
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip('2'), DryRun: true }))
    expect(await look()).toEqual(before)
    expect(cloud.calls().at(-2)).toMatchObject({ action: 'UpdateFunctionCode', changes: false })
  })
})

describe('versions', () => {
  test('freeze code and settings; publishing again gives the same one', async () => {
    await create({ Environment: { Variables: { STAGE: 'a' } } })
    await look()
    const first = await lambda.send(new PublishVersionCommand({ FunctionName: 'fn', Description: 'one' }))
    expect(first).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, Description: 'one' })
    expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('1')
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Environment: { Variables: { STAGE: 'b' } } }),
    )
    await look()
    expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('2')
    const old = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn', Qualifier: '1' }))
    expect(old.Environment?.Variables).toEqual({ STAGE: 'a' })
    const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn' }))
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2'])
  })

  test('are not published of other code than was meant', async () => {
    await create()
    const { CodeSha256 } = await look()
    const publish = (sha: string) => lambda.send(new PublishVersionCommand({ FunctionName: 'fn', CodeSha256: sha }))
    expect(await refusal(publish('other'))).toMatchObject({
      message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    })
    await publish(CodeSha256 ?? '')
  })

  test('stay while an alias refers to them', async () => {
    await withVersions(3)
    await alias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } })
    const remove = (Qualifier: string) => lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn', Qualifier }))
    for (const used of ['1', '2']) {
      expect(await refusal(remove(used))).toMatchObject({ name: 'ResourceConflictException', status: 409 })
    }
    await remove('3')
    expect(await refusal(remove('$LATEST'))).toMatchObject({ name: 'InvalidParameterValueException' })
  })
})

describe('aliases', () => {
  test.each<[why: string, more: object, code: string, message: RegExp]>([
    [
      'a version that is not there',
      { FunctionVersion: '9' },
      'ResourceNotFoundException',
      /^Function not found: .*:fn:9$/,
    ],
    [
      'a weight of 1.7',
      { RoutingConfig: { AdditionalVersionWeights: { 2: 1.7 } } },
      'ValidationException',
      /'\{2=1\.7\}'.*less than or equal to 1\.0/,
    ],
    [
      'a weight of $LATEST',
      { RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } },
      'ValidationException',
      /Map keys/,
    ],
    [
      '$LATEST with weights',
      { FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } },
      'InvalidParameterValueException',
      /^\$LATEST is not supported for an alias pointing to more than 1 version$/,
    ],
    [
      'three versions',
      { RoutingConfig: { AdditionalVersionWeights: { 2: 0.1, 3: 0.1 } } },
      'InvalidParameterValueException',
      /cannot be greater than 1$/,
    ],
    [
      'the same version twice',
      { RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } },
      'InvalidParameterValueException',
      /already included in routing configuration\.$/,
    ],
    [
      'a weight of a version that is not there',
      { RoutingConfig: { AdditionalVersionWeights: { 9: 0.1 } } },
      'ResourceNotFoundException',
      /:fn:9$/,
    ],
    [
      'a name of digits',
      { Name: '2024' },
      'ValidationException',
      /^1 validation error detected: Value '2024' at 'name'/,
    ],
  ])('%s is refused', async (_why, more, code, message) => {
    await withVersions(2)
    expect(await refusal(alias(more))).toMatchObject({ name: code, message: expect.stringMatching(message) })
  })

  test('versions with different roles do not share one', async () => {
    await withVersions(1)
    await role('other', 'lambda.amazonaws.com')
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Role: `arn:aws:iam::${OWN}:role/other` }),
    )
    await look()
    await lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
    expect(await refusal(alias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } }))).toMatchObject({
      name: 'InvalidParameterValueException',
    })
  })

  test('move only from the revision that was read', async () => {
    await withVersions(2)
    await alias()
    const { RevisionId = '' } = await lambda.send(new GetAliasCommand({ FunctionName: 'fn', Name: 'live' }))
    const move = (FunctionVersion: string) =>
      lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion, RevisionId }))
    expect((await move('2')).FunctionVersion).toBe('2')
    expect(await refusal(move('1'))).toMatchObject({ name: 'PreconditionFailedException', status: 412 })
  })
})

describe('URLs', () => {
  const url = (Qualifier?: string) =>
    lambda.send(
      new CreateFunctionUrlConfigCommand({
        FunctionName: 'fn',
        AuthType: 'AWS_IAM',
        ...(Qualifier === undefined ? {} : { Qualifier }),
      }),
    )

  test('D7: each alias and the function itself have one of their own', async () => {
    await withVersions(1)
    await alias()
    await alias({ Name: 'dark' })
    const made = [await url(), await url('live'), await url('dark')]
    expect(made.map(({ FunctionArn }) => FunctionArn)).toEqual([ARN, `${ARN}:live`, `${ARN}:dark`])
    expect(new Set(made.map(({ FunctionUrl }) => FunctionUrl)).size).toBe(3)
    expect(made[0]?.FunctionUrl).toMatch(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/)
    const live = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'fn', Qualifier: 'live' }))
    expect(live.FunctionUrl).toBe(made[1]?.FunctionUrl)
    const { FunctionUrlConfigs } = await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'fn' }))
    expect(FunctionUrlConfigs).toHaveLength(3)
  })

  test('there is no second one, none of a version and none of an alias that is not there', async () => {
    await withVersions(1)
    await alias()
    await url('live')
    expect(await refusal(url('live'))).toMatchObject({ name: 'ResourceConflictException', status: 409 })
    expect(await refusal(url('1'))).toMatchObject({ name: 'ValidationException' })
    expect(await refusal(url('none'))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
  })
})

test('permissions are written as statements of the alias they are for', async () => {
  await withVersions(1)
  await alias()
  await lambda.send(
    new AddPermissionCommand({
      ...{
        FunctionName: `${ARN}:live`,
        StatementId: 'cdn',
        Action: 'lambda:InvokeFunction',
        InvokedViaFunctionUrl: true,
      },
      ...{ Principal: 'cloudfront.amazonaws.com', SourceArn: `arn:aws:cloudfront::${OWN}:distribution/E1` },
    }),
  )
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName: 'fn', Qualifier: 'live' }))
  expect(JSON.parse(Policy).Statement).toEqual([
    {
      ...{ Sid: 'cdn', Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' } },
      ...{ Action: 'lambda:InvokeFunction', Resource: `${ARN}:live` },
      Condition: {
        ArnLike: { 'AWS:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/E1` },
        Bool: { 'lambda:InvokedViaFunctionUrl': 'true' },
      },
    },
  ])
  expect(await refusal(lambda.send(new GetPolicyCommand({ FunctionName: 'fn' })))).toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('reserved concurrency leaves 100 to everybody else', async () => {
  await create()
  const reserve = (ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions }))
  expect(await refusal(reserve(151))).toMatchObject({
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  })
  await reserve(150)
  await reserve(140)
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}))
  expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 250, UnreservedConcurrentExecutions: 110 })
  const { Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName: 'fn' }))
  expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 140 })
})
