import { randomBytes } from 'node:crypto'
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { ARN, functionFn, OWN, zip } from '../../test/function-fn.ts'
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

describe('making a function', () => {
  test('gives back what was set, logging included', async () => {
    const LoggingConfig = { LogFormat: 'JSON' as const, LogGroup: '/a/group' }
    await fn.create({ LoggingConfig, Environment: { Variables: { STAGE: 'develop' } }, MemorySize: 1024 })
    expect(await fn.look()).toMatchObject({
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
    expect(await refusal(fn.create(more))).toEqual({ name: code, message: expect.stringMatching(message), status: 400 })
  })

  test('exactly 4 KB of environment is taken', async () => {
    // {"LARGE":"…"} is 12 characters around the value: 4096 - 12 = 4084
    await fn.create({ Environment: { Variables: { LARGE: 'x'.repeat(4084) } } })
  })

  test('a role that trusts somebody else is refused', async () => {
    await fn.role('other', 'ec2.amazonaws.com')
    expect(await refusal(fn.create({ Role: `arn:aws:iam::${OWN}:role/other` }))).toMatchObject({
      name: 'InvalidParameterValueException',
    })
  })

  test('a zip over 50 MB is refused', async () => {
    expect(await refusal(fn.create({ Code: { ZipFile: randomBytes(52_428_801) } }))).toEqual({
      ...{ name: 'RequestEntityTooLargeException', status: 413 },
      message: 'Zipped size must be smaller than 52428800 bytes',
    })
  })

  test('a name that is taken is refused', async () => {
    await fn.create()
    expect(await refusal(fn.create())).toEqual({
      name: 'ResourceConflictException',
      message: 'Function already exist: fn',
      status: 409,
    })
  })

  test('of two that are made at once under one name, one is refused', async () => {
    const both = await Promise.allSettled([fn.create(), fn.create()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('code comes from S3, or the reason why not', async () => {
    const s3 = new S3Client(asOwner(cloud))
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }))
    await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'fn.zip', Body: zip() }))
    await fn.create({ Code: { S3Bucket: 'code', S3Key: 'fn.zip' } })
    const missing = fn.create({ FunctionName: 'fn2', Code: { S3Bucket: 'code', S3Key: 'none.zip' } })
    expect(await refusal(missing)).toMatchObject({
      message: expect.stringContaining('Error occurred while GetObject. S3 Error Code: NoSuchKey.'),
    })
  })
})

describe('changing a function', () => {
  test('somebody who does not wait for the last change is refused', async () => {
    await fn.create()
    const update = () => fn.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 10 }))
    const refused = {
      ...{ name: 'ResourceConflictException', status: 409 },
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
    }
    expect(await refusal(update())).toEqual(refused)
    await fn.look()
    expect(await update()).toMatchObject({ LastUpdateStatus: 'InProgress', Timeout: 10 })
    expect(await refusal(fn.lambda.send(new PublishVersionCommand({ FunctionName: 'fn' })))).toEqual(refused)
  })

  test('a revision that is out of date is refused, the one of the change itself included', async () => {
    await fn.create()
    const { RevisionId = '' } = await fn.look()
    const update = (revision: string) =>
      fn.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip('2'), RevisionId: revision }))
    const changed = await update(RevisionId)
    await fn.look()
    for (const outdated of [RevisionId, changed.RevisionId ?? '']) {
      expect(await refusal(update(outdated))).toMatchObject({
        ...{ name: 'PreconditionFailedException', status: 412 },
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      })
    }
  })

  test('D15: of two changes made at once from one revision, one is refused', async () => {
    await fn.create()
    const { RevisionId } = await fn.look()
    const update = (text: string) =>
      fn.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip(text), RevisionId }))
    const both = await Promise.allSettled([update('1'), update('2')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a dry run changes nothing and counts as looking', async () => {
    await fn.create()
    const before = await fn.look()
    await fn.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'fn', ZipFile: zip('2'), DryRun: true }))
    expect(await fn.look()).toEqual(before)
    expect(cloud.calls().at(-2)).toMatchObject({ action: 'UpdateFunctionCode', changes: false })
  })
})

test('reserved concurrency leaves 100 to everybody else', async () => {
  await fn.create()
  const reserve = (ReservedConcurrentExecutions: number) =>
    fn.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions }))
  expect(await refusal(reserve(151))).toMatchObject({
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  })
  await reserve(150)
  await reserve(140)
  const { AccountLimit } = await fn.lambda.send(new GetAccountSettingsCommand({}))
  expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 250, UnreservedConcurrentExecutions: 110 })
  const { Concurrency } = await fn.lambda.send(new GetFunctionCommand({ FunctionName: 'fn' }))
  expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 140 })
})
