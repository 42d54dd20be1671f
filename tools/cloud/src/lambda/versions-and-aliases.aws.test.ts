import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListFunctionUrlConfigsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../../test/clients.ts'
import { ARN, functionFn, OWN } from '../../test/function-fn.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fn: ReturnType<typeof functionFn>
beforeAll(async () => {
  cloud = await startCloud({ accountId: OWN, concurrencyLimit: 250 })
  fn = functionFn(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await fn.role()
})

describe('versions', () => {
  test('freeze code and settings; publishing again gives the same one', async () => {
    await fn.create({ Environment: { Variables: { STAGE: 'a' } } })
    await fn.look()
    const first = await fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn', Description: 'one' }))
    expect(first).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, Description: 'one' })
    expect((await fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('1')
    await fn.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Environment: { Variables: { STAGE: 'b' } } }),
    )
    await fn.look()
    expect((await fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))).Version).toBe('2')
    const old = await fn.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn', Qualifier: '1' }))
    expect(old.Environment?.Variables).toEqual({ STAGE: 'a' })
    const { Versions = [] } = await fn.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn' }))
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2'])
  })

  test('are not published of other code than was meant', async () => {
    await fn.create()
    const { CodeSha256 } = await fn.look()
    const publish = (sha: string) => fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn', CodeSha256: sha }))
    expect(await refusal(publish('other'))).toMatchObject({
      message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    })
    await publish(CodeSha256 ?? '')
  })

  test('stay while an alias refers to them', async () => {
    await fn.withVersions(3)
    await fn.alias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } })
    const remove = (Qualifier: string) => fn.lambda.send(new DeleteFunctionCommand({ FunctionName: 'fn', Qualifier }))
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
    await fn.withVersions(2)
    expect(await refusal(fn.alias(more))).toMatchObject({ name: code, message: expect.stringMatching(message) })
  })

  test('versions with different roles do not share one', async () => {
    await fn.withVersions(1)
    await fn.role('other', 'lambda.amazonaws.com')
    await fn.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Role: `arn:aws:iam::${OWN}:role/other` }),
    )
    await fn.look()
    await fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn' }))
    expect(await refusal(fn.alias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } }))).toMatchObject({
      name: 'InvalidParameterValueException',
    })
  })

  test('move only from the revision that was read', async () => {
    await fn.withVersions(2)
    await fn.alias()
    const { RevisionId = '' } = await fn.lambda.send(new GetAliasCommand({ FunctionName: 'fn', Name: 'live' }))
    const move = (FunctionVersion: string) =>
      fn.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion, RevisionId }))
    expect((await move('2')).FunctionVersion).toBe('2')
    expect(await refusal(move('1'))).toMatchObject({ name: 'PreconditionFailedException', status: 412 })
  })
})

describe('URLs', () => {
  const url = (Qualifier?: string) =>
    fn.lambda.send(
      new CreateFunctionUrlConfigCommand({
        FunctionName: 'fn',
        AuthType: 'AWS_IAM',
        ...(Qualifier === undefined ? {} : { Qualifier }),
      }),
    )

  test('D7: each alias and the function itself have one of their own', async () => {
    await fn.withVersions(1)
    await fn.alias()
    await fn.alias({ Name: 'dark' })
    const made = [await url(), await url('live'), await url('dark')]
    expect(made.map(({ FunctionArn }) => FunctionArn)).toEqual([ARN, `${ARN}:live`, `${ARN}:dark`])
    expect(new Set(made.map(({ FunctionUrl }) => FunctionUrl)).size).toBe(3)
    expect(made[0]?.FunctionUrl).toMatch(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/)
    const live = await fn.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'fn', Qualifier: 'live' }))
    expect(live.FunctionUrl).toBe(made[1]?.FunctionUrl)
    const { FunctionUrlConfigs } = await fn.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'fn' }))
    expect(FunctionUrlConfigs).toHaveLength(3)
  })

  test('there is no second one, none of a version and none of an alias that is not there', async () => {
    await fn.withVersions(1)
    await fn.alias()
    await url('live')
    expect(await refusal(url('live'))).toMatchObject({ name: 'ResourceConflictException', status: 409 })
    expect(await refusal(url('1'))).toMatchObject({ name: 'ValidationException' })
    expect(await refusal(url('none'))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 })
  })
})

test('permissions are written as statements of the alias they are for', async () => {
  await fn.withVersions(1)
  await fn.alias()
  await fn.lambda.send(
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
  const { Policy = '{}' } = await fn.lambda.send(new GetPolicyCommand({ FunctionName: 'fn', Qualifier: 'live' }))
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
  expect(await refusal(fn.lambda.send(new GetPolicyCommand({ FunctionName: 'fn' })))).toMatchObject({
    name: 'ResourceNotFoundException',
  })
})
