import { Script } from 'node:vm'
import type * as sdk from '@aws-sdk/client-cloudfront'
import { MAX_FUNCTION_BYTES } from '@sax/topology/cloudfront'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { type CloudFrontState, listOf, newId, requireMatch, type StoredFunction } from './cloudfront-state.ts'
import { unknownSyntax } from './function-syntax.ts'
import { behaviorsOf } from './stores.ts'

/** Functions at the edge. They are kept, not run. @source Amazon CloudFront API Reference */
export function edgeFunctionHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  return {
    createFunction: ({ Name = '', FunctionConfig, FunctionCode, Tags }, { accountId }) => {
      if (state.functions.has(`${accountId} ${Name}`)) {
        throw new AwsError(
          'FunctionAlreadyExists',
          'A function with the same name already exists in this AWS account.',
          409,
        )
      }
      checkFunction(Name, FunctionConfig, FunctionCode)
      const now = new Date()
      const made: StoredFunction = {
        ...{ name: Name, accountId, arn: `arn:aws:cloudfront::${accountId}:function/${Name}`, etag: newId() },
        ...{
          config: FunctionConfig ?? { Comment: '', Runtime: 'cloudfront-js-2.0' },
          code: FunctionCode ?? new Uint8Array(),
        },
        ...{ createdAt: now, modifiedAt: now, tags: new Map() },
      }
      for (const { Key = '', Value = '' } of Tags?.Items ?? []) made.tags.set(Key, Value)
      state.functions.set(`${accountId} ${Name}`, made)
      return {
        FunctionSummary: summary(made, 'DEVELOPMENT'),
        ETag: made.etag,
        Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${made.arn}`,
      }
    },
    describeFunction: ({ Name, Stage = 'DEVELOPMENT' }, { accountId }) => {
      const found = inStage(state.function(accountId, Name), Stage)
      return { FunctionSummary: summary(found.fn, Stage), ETag: found.etag }
    },
    getFunction: ({ Name, Stage = 'DEVELOPMENT' }, { accountId }) => {
      const { code, etag } = inStage(state.function(accountId, Name), Stage)
      // What a client gets is bytes with methods; what is written is bytes.
      const FunctionCode = code as NonNullable<sdk.GetFunctionCommandOutput['FunctionCode']>
      return { FunctionCode, ETag: etag, ContentType: 'application/octet-stream' }
    },
    updateFunction: ({ Name = '', IfMatch, FunctionConfig, FunctionCode }, { accountId }) => {
      const found = state.function(accountId, Name)
      requireMatch(IfMatch, found.etag)
      checkFunction(Name, FunctionConfig, FunctionCode)
      Object.assign(found, { config: FunctionConfig, code: FunctionCode, etag: newId(), modifiedAt: new Date() })
      return { FunctionSummary: summary(found, 'DEVELOPMENT'), ETag: found.etag }
    },
    publishFunction: ({ Name, IfMatch }, { accountId }) => {
      const found = state.function(accountId, Name)
      requireMatch(IfMatch, found.etag)
      found.live = { config: found.config, code: found.code, etag: newId(), at: new Date() }
      return { FunctionSummary: summary(found, 'LIVE') }
    },
    deleteFunction: ({ Name, IfMatch }, { accountId }) => {
      const found = state.function(accountId, Name)
      requireMatch(IfMatch, found.etag)
      if (isUsed(state, found)) {
        const message = 'Cannot delete the function because it is attached to one or more cache behaviors.'
        throw new AwsError('FunctionInUse', message, 409)
      }
      state.functions.delete(`${accountId} ${found.name}`)
      return {}
    },
    listFunctions: ({ Marker, MaxItems, Stage = 'DEVELOPMENT' }, { accountId }) => {
      const all = [...state.functions.values()]
        .filter((one) => one.accountId === accountId && (Stage === 'DEVELOPMENT' || one.live !== undefined))
        .map((one) => summary(one, Stage))
        .sort((a, b) => (String(a.Name) < String(b.Name) ? -1 : 1))
      return { FunctionList: listOf(all, Marker, MaxItems, ({ Name = '' }) => Name) }
    },
  }
}

function isUsed(state: CloudFrontState, { arn }: StoredFunction): boolean {
  return [...state.distributions.values()].some(({ config }) =>
    behaviorsOf(config).some((one) =>
      (one.FunctionAssociations?.Items ?? []).some(({ FunctionARN }) => FunctionARN === arn),
    ),
  )
}

/** @source Amazon CloudFront Developer Guide, "Restrictions on CloudFront Functions"; that code is compiled when it is sent is unverified */
export function checkFunction(
  name: string,
  config: sdk.FunctionConfig | undefined,
  code: Uint8Array | undefined,
): void {
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) throw new AwsError('InvalidArgument', `${name} is no name of a function.`)
  if (config?.Runtime === undefined || !/^cloudfront-js-[12]\.0$/.test(config.Runtime)) {
    throw new AwsError('InvalidArgument', 'The runtime of a function is cloudfront-js-1.0 or cloudfront-js-2.0.')
  }
  if (code === undefined || code.byteLength === 0)
    throw new AwsError('InvalidArgument', 'The code of the function is missing.')
  if (code.byteLength > MAX_FUNCTION_BYTES) {
    const message = `The function exceeds the maximum size of ${MAX_FUNCTION_BYTES} bytes.`
    throw new AwsError('FunctionSizeLimitExceeded', message, 413)
  }
  const source = Buffer.from(code).toString('utf8')
  try {
    new Script(source)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new AwsError('InvalidArgument', `The function does not compile: ${error.message}`)
  }
  const unknown = unknownSyntax(source)
  if (unknown !== undefined) {
    throw new AwsError('InvalidArgument', `The function does not compile: its runtime does not have ${unknown}`)
  }
}

function inStage(fn: StoredFunction, stage: sdk.FunctionStage) {
  if (stage === 'DEVELOPMENT') return { fn, code: fn.code, etag: fn.etag }
  if (fn.live !== undefined) return { fn, code: fn.live.code, etag: fn.live.etag }
  throw new AwsError('NoSuchFunctionExists', 'The specified function does not exist.', 404)
}

function summary(fn: StoredFunction, Stage: sdk.FunctionStage): sdk.FunctionSummary {
  const isLive = Stage === 'LIVE' && fn.live !== undefined
  return {
    ...{ Name: fn.name, Status: fn.live === undefined ? 'UNPUBLISHED' : 'DEPLOYED' },
    FunctionConfig: isLive ? fn.live?.config : fn.config,
    FunctionMetadata: {
      ...{ FunctionARN: fn.arn, Stage, CreatedTime: fn.createdAt },
      LastModifiedTime: isLive ? fn.live?.at : fn.modifiedAt,
    },
  }
}
