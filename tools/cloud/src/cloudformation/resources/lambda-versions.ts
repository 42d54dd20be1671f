import { aliasOf, described } from '../../lambda/aliases.ts'
import { functionAddress } from '../../lambda/function-name.ts'
import { type FunctionState, settle } from '../../lambda/function-state.ts'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, orAbsent, text, type Work } from './kind.ts'
import { lambdaOf } from './lambda-functions.ts'

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::Version" */
export const lambdaVersion: Kind = {
  type: 'AWS::Lambda::Version',
  drift: false,
  importable: true,
  create: async (properties, work) => {
    const fn = functionOf(text(properties, 'FunctionName'), work)
    settle(fn)
    const before = new Set(fn.versions.keys())
    const made = await lambdaOf(work)('publishVersion', {
      FunctionName: fn.name,
      ...given({
        Description: properties.Description as string | undefined,
        CodeSha256: properties.CodeSha256 as string | undefined,
      }),
    })
    if (before.has(made.Version ?? '')) {
      const message = `A version for this Lambda function exists ( ${made.Version} ). Modify the function to create a new version.`
      throw new AwsError('AlreadyExists', message)
    }
    return { id: made.FunctionArn ?? '', attributes: { Version: made.Version, FunctionArn: made.FunctionArn } }
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(lambdaOf(work)('deleteFunction', { FunctionName: id }))
  },
  read: async ({ FunctionArn }, work) => {
    const { name, qualifier = '' } = functionAddress(String(FunctionArn), undefined, work)
    const version = work.world.lambda.find(work.accountId, name)?.versions.get(qualifier)
    if (version === undefined) return undefined
    return {
      id: String(FunctionArn),
      attributes: { Version: qualifier, FunctionArn },
      properties: { FunctionName: name, Description: version.configuration.Description },
    }
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::Alias" */
export const lambdaAlias: Kind = {
  type: 'AWS::Lambda::Alias',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const fn = functionOf(text(properties, 'FunctionName'), work)
    const made = await lambdaOf(work)('createAlias', { ...aliasInput(properties), FunctionName: fn.name })
    return { id: made.AliasArn ?? '', attributes: { AliasArn: made.AliasArn } }
  },
  update: async ({ attributes }, properties, _before, work) => {
    const fn = functionOf(text(properties, 'FunctionName'), work)
    // Everything is sent again, the version included: wherever a release had moved the alias, it goes back.
    await lambdaOf(work)('updateAlias', { RoutingConfig: {}, ...aliasInput(properties), FunctionName: fn.name })
    return attributes
  },
  delete: async (_current, properties, work) => {
    const input = { FunctionName: text(properties, 'FunctionName'), Name: text(properties, 'Name') }
    await orAbsent(lambdaOf(work)('deleteAlias', input))
  },
  read: async ({ AliasArn }, work) => {
    const { name, qualifier = '' } = functionAddress(String(AliasArn), undefined, work)
    const fn = work.world.lambda.find(work.accountId, name)
    if (fn === undefined || !fn.aliases.has(qualifier)) return undefined
    const alias = described(fn, aliasOf(fn, qualifier))
    const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {})
    return {
      id: String(AliasArn),
      attributes: { AliasArn },
      properties: {
        ...{ FunctionName: name, Name: qualifier, FunctionVersion: alias.FunctionVersion },
        ...(alias.Description ? { Description: alias.Description } : {}),
        ...(weights.length === 0
          ? {}
          : {
              RoutingConfig: {
                AdditionalVersionWeights: weights.map(([FunctionVersion, FunctionWeight]) => ({
                  FunctionVersion,
                  FunctionWeight,
                })),
              },
            }),
      },
    }
  },
  list: async ({ world, accountId }) =>
    world.lambda
      .of(accountId)
      .flatMap((fn) => [...fn.aliases.keys()].map((name) => ({ AliasArn: `${fn.arn}:${name}` }))),
}

function functionOf(given: string, { world, accountId, region }: Work): FunctionState {
  return world.lambda.get(accountId, functionAddress(given, undefined, { accountId, region }).name, region)
}

function aliasInput(properties: JsonObject) {
  const routing = properties.RoutingConfig as
    | { AdditionalVersionWeights?: readonly { FunctionVersion: string; FunctionWeight: number }[] }
    | undefined
  const weights = routing?.AdditionalVersionWeights ?? []
  return {
    ...{ Name: text(properties, 'Name'), FunctionVersion: text(properties, 'FunctionVersion') },
    Description: text(properties, 'Description'),
    ...(weights.length === 0
      ? {}
      : {
          RoutingConfig: {
            AdditionalVersionWeights: Object.fromEntries(
              weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, Number(FunctionWeight)]),
            ),
          },
        }),
  }
}
