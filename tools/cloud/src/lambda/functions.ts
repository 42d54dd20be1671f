import { randomUUID } from 'node:crypto'
import type { Lambda } from '@aws-sdk/client-lambda'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import type { CodeSource } from './code-source.ts'
import { newConfiguration, withCode, withSettings } from './configuration.ts'
import { functionAddress } from './function-name.ts'
import {
  type FunctionState,
  type LambdaState,
  refuseWhileSettling,
  requireRevision,
  settle,
  versionOf,
} from './function-state.ts'
import { publish } from './versions.ts'

/** What the making and changing of functions leans on. */
export interface FunctionParts {
  readonly state: LambdaState
  readonly code: CodeSource
  /** @throws AwsError when Lambda may not assume the role */
  readonly checkRole: (accountId: string, roleArn: string) => Promise<void>
}

/** Functions and their code. @source AWS Lambda API Reference */
export function functionHandlers({ state, code, checkRole }: FunctionParts): Handlers<Lambda> {
  return {
    createFunction: async (input, context) => {
      const { name } = functionAddress(input.FunctionName, undefined, context)
      const arn = `arn:aws:lambda:${context.region}:${context.accountId}:function:${name}`
      const zip = await code(input.Code ?? {}, context)
      await checkRole(context.accountId, input.Role ?? '')
      // From here on nothing is waited for: of two callers one comes second.
      if (state.find(context.accountId, name) !== undefined) {
        throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' })
      }
      const configuration = newConfiguration({ ...input, FunctionName: name }, arn, zip)
      const fn: FunctionState = {
        ...{ name, arn, accountId: context.accountId, latest: { configuration, zip }, settling: true },
        ...{ versions: new Map(), nextVersion: 1, aliases: new Map(), urls: new Map(), policies: new Map() },
        tags: new Map(Object.entries(input.Tags ?? {})),
      }
      state.add(fn)
      return input.Publish ? publish(fn, {}) : configuration
    },
    getFunction: ({ FunctionName, Qualifier }, context) => {
      const { name, qualifier } = functionAddress(FunctionName, Qualifier, context)
      const fn = state.get(context.accountId, name, context.region)
      settle(fn)
      return {
        Configuration: qualified(fn, qualifier),
        Code: {
          RepositoryType: 'S3',
          Location: `https://awslambda-${context.region}-tasks.s3.${context.region}.amazonaws.com/${name}`,
        },
        ...(fn.reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reserved } }),
        ...(fn.tags.size === 0 ? {} : { Tags: Object.fromEntries(fn.tags) }),
      }
    },
    getFunctionConfiguration: ({ FunctionName, Qualifier }, context) => {
      const { name, qualifier } = functionAddress(FunctionName, Qualifier, context)
      const fn = state.get(context.accountId, name, context.region)
      settle(fn)
      return qualified(fn, qualifier)
    },
    listFunctions: ({ Marker, MaxItems }, { accountId }) => {
      const all = state.of(accountId).map(({ latest }) => latest.configuration)
      const { items, next } = pageOf(all, MaxItems ?? 50, Marker, 'InvalidParameterValueException')
      return { Functions: [...items], NextMarker: next }
    },
    updateFunctionCode: async (input, context) => {
      latestOf(state, input.FunctionName, context)
      const zip = await code(input, context)
      const fn = latestOf(state, input.FunctionName, context)
      requireRevision(input.RevisionId, fn.latest.configuration.RevisionId, 'GetFunction/GetAlias')
      const architectures = input.Architectures === undefined ? {} : { Architectures: input.Architectures }
      const configuration = { ...withCode(fn.latest.configuration, zip), ...architectures }
      if (input.DryRun) return configuration
      update(fn, configuration, zip)
      return input.Publish ? publish(fn, {}) : fn.latest.configuration
    },
    updateFunctionConfiguration: async (input, context) => {
      if (input.Role !== undefined) await checkRole(context.accountId, input.Role)
      const fn = latestOf(state, input.FunctionName, context)
      requireRevision(input.RevisionId, fn.latest.configuration.RevisionId, 'GetFunction/GetAlias')
      update(fn, withSettings(fn.latest.configuration, input), fn.latest.zip)
      return fn.latest.configuration
    },
    deleteFunction: ({ FunctionName, Qualifier }, context) => {
      const { name, qualifier } = functionAddress(FunctionName, Qualifier, context)
      const fn = state.get(context.accountId, name, context.region)
      if (qualifier === undefined) state.delete(fn)
      else deleteVersion(fn, qualifier)
      return {}
    },
  }
}

/** Says that an update is under way, which lasts until somebody looks. */
function update(fn: FunctionState, configuration: FunctionState['latest']['configuration'], zip: Buffer): void {
  fn.latest = {
    zip,
    configuration: {
      ...configuration,
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      RevisionId: randomUUID(),
    },
  }
  fn.settling = true
}

/** The function whose `$LATEST` is to be changed. @throws AwsError while an update is under way */
function latestOf(
  state: LambdaState,
  given: string | undefined,
  context: { readonly accountId: string; readonly region: string },
): FunctionState {
  const { name } = functionAddress(given, undefined, context)
  const fn = state.get(context.accountId, name, context.region)
  refuseWhileSettling(fn)
  return fn
}

/** A version's configuration under the ARN it was asked for with. */
function qualified(fn: FunctionState, qualifier: string | undefined) {
  const { configuration } = versionOf(fn, qualifier)
  return { ...configuration, FunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}` }
}

/** @source AWS Lambda API Reference, "DeleteFunction": a version that an alias refers to cannot be deleted (its sentence is unverified) */
function deleteVersion(fn: FunctionState, qualifier: string): void {
  if (qualifier === '$LATEST') {
    const message = '$LATEST version cannot be deleted without deleting the function.'
    throw new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' })
  }
  const user = [...fn.aliases.values()].find(
    ({ version, routing }) => version === qualifier || routing?.AdditionalVersionWeights?.[qualifier] !== undefined,
  )
  if (user !== undefined) {
    const message = `Version ${qualifier} cannot be deleted: the alias ${user.name} refers to it.`
    throw new AwsError('ResourceConflictException', message, 409, { Type: 'User' })
  }
  fn.versions.delete(qualifier)
}
