import type { CreateFunctionRequest, FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import { checkReserved } from '../../lambda/concurrency.ts'
import { settle } from '../../lambda/function-state.ts'
import { zipOf } from '../../lambda/zip.ts'
import type { CallContext, Handlers } from '../../server/own-api.ts'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, madeUpName, orAbsent, tagRecord, text, type Work } from './kind.ts'

/** Calls Lambda as its API would be called, by the account of the stack. */
export function lambdaOf({ lambda, accountId, region }: Work) {
  const context: CallContext = { accountId, region, accessKeyId: 'cloudformation' }
  return async <Name extends keyof Handlers<import('@aws-sdk/client-lambda').Lambda>>(
    name: Name,
    input: Parameters<NonNullable<(typeof lambda)[Name]>>[0],
  ): Promise<Awaited<ReturnType<NonNullable<(typeof lambda)[Name]>>>> => {
    const handler = lambda[name] as ((given: typeof input, context: CallContext) => unknown) | undefined
    if (handler === undefined) throw new Error(`Lambda has no ${String(name)} here`)
    return (await handler(input, context)) as Awaited<ReturnType<NonNullable<(typeof lambda)[Name]>>>
  }
}

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::Function" */
export const lambdaFunction: Kind = {
  type: 'AWS::Lambda::Function',
  drift: true,
  unread: ['Code'],
  importable: true,
  create: async (properties, work) => {
    const FunctionName = text(properties, 'FunctionName') || madeUpName(work)
    const reserved = properties.ReservedConcurrentExecutions
    if (reserved !== undefined) checkReserved(work.world.lambda, { accountId: work.accountId }, Number(reserved))
    const made = await lambdaOf(work)('createFunction', {
      ...settingsOf(properties),
      ...given({ PackageType: properties.PackageType, Architectures: properties.Architectures }),
      ...{ FunctionName, Code: codeOf(properties), Tags: tagRecord(properties) },
    } as CreateFunctionRequest)
    const fn = work.world.lambda.get(work.accountId, FunctionName, work.region)
    settle(fn)
    if (reserved !== undefined) fn.reserved = Number(reserved)
    return { id: FunctionName, attributes: { Arn: made.FunctionArn } }
  },
  update: async ({ id, attributes }, properties, before, work) => {
    const call = lambdaOf(work)
    const fn = work.world.lambda.get(work.accountId, id, work.region)
    const isOther = (name: string) => JSON.stringify(properties[name]) !== JSON.stringify(before[name])
    // The architecture can be given with code only, so that the template's code is sent again with it.
    if (isOther('Code') || isOther('Architectures')) {
      const architectures = { Architectures: properties.Architectures ?? ['x86_64'] } as UpdateFunctionCodeRequest
      await call('updateFunctionCode', { ...architectures, ...codeOf(properties), FunctionName: id })
      settle(fn)
    }
    await call('updateFunctionConfiguration', { ...UNSET, ...settingsOf(properties), FunctionName: id })
    settle(fn)
    const reserved = properties.ReservedConcurrentExecutions
    if (reserved === undefined) await call('deleteFunctionConcurrency', { FunctionName: id })
    else await call('putFunctionConcurrency', { FunctionName: id, ReservedConcurrentExecutions: Number(reserved) })
    fn.tags.clear()
    for (const [key, value] of Object.entries(tagRecord(properties))) fn.tags.set(key, value)
    return attributes
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(lambdaOf(work)('deleteFunction', { FunctionName: id }))
  },
  read: async ({ FunctionName }, work) => {
    const fn = work.world.lambda.find(work.accountId, String(FunctionName))
    if (fn === undefined) return undefined
    const Tags = [...fn.tags].map(([Key, Value]) => ({ Key, Value }))
    return {
      id: fn.name,
      attributes: { Arn: fn.arn },
      properties: {
        ...propertiesOf(fn.latest.configuration),
        ...(fn.reserved === undefined ? {} : { ReservedConcurrentExecutions: fn.reserved }),
        ...(Tags.length === 0 ? {} : { Tags }),
      },
    }
  },
  list: async ({ world, accountId }) => world.lambda.of(accountId).map(({ name }) => ({ FunctionName: name })),
}

/** Settings that a function's configuration has, and what they are when a template says nothing. */
const UNSET = {
  ...{ Description: '', Timeout: 3, MemorySize: 128, TracingConfig: { Mode: 'PassThrough' as const } },
  ...{ Environment: { Variables: {} }, VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } },
}

const SETTINGS = [
  ...[
    'Role',
    'Handler',
    'Runtime',
    'Description',
    'Timeout',
    'MemorySize',
    'VpcConfig',
    'Environment',
    'LoggingConfig',
  ],
  ...['TracingConfig', 'DeadLetterConfig', 'EphemeralStorage', 'Layers'],
]

function settingsOf(properties: JsonObject): JsonObject {
  const settings = Object.fromEntries(
    SETTINGS.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])),
  )
  const numbers = ['Timeout', 'MemorySize'].filter((name) => settings[name] !== undefined)
  return {
    ...settings,
    ...Object.fromEntries(numbers.map((name) => [name, Number(settings[name])])),
    ...(properties.KmsKeyArn === undefined ? {} : { KMSKeyArn: properties.KmsKeyArn }),
  }
}

function propertiesOf(configuration: FunctionConfiguration): JsonObject {
  const known = [
    ...SETTINGS,
    'FunctionName',
    'PackageType',
    'Architectures',
  ] as readonly (keyof FunctionConfiguration)[]
  return Object.fromEntries(
    known.flatMap((name) => (configuration[name] === undefined ? [] : [[name, configuration[name]]])),
  )
}

/** Code that is written in the template becomes a zip of one file, which CloudFormation names `index`. */
function codeOf({ Code, Runtime }: JsonObject) {
  const code = Code as {
    ZipFile?: string
    S3Bucket?: string
    S3Key?: string
    S3ObjectVersion?: string
    ImageUri?: string
  }
  if (code.ImageUri !== undefined)
    throw new AwsError('InvalidRequest', 'Container images are not available on a laptop.')
  if (code.ZipFile === undefined)
    return given({ S3Bucket: code.S3Bucket, S3Key: code.S3Key, S3ObjectVersion: code.S3ObjectVersion })
  return { ZipFile: zipOf(String(Runtime).startsWith('python') ? 'index.py' : 'index.js', code.ZipFile) }
}
