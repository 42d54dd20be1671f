import { createHash, randomUUID } from 'node:crypto'
import type { FunctionUrlConfig, Lambda } from '@aws-sdk/client-lambda'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import { functionAddress } from './function-name.ts'
import type { FunctionState, LambdaState } from './function-state.ts'

/** Function URLs: one for the function itself and one per alias. @source AWS Lambda API Reference, "CreateFunctionUrlConfig" */
export function urlHandlers(state: LambdaState): Handlers<Lambda> {
  const find = (given: string | undefined, qualifier: string | undefined, context: CallContext) => {
    const address = functionAddress(given, qualifier, context)
    if (address.qualifier !== undefined && !/^(?!\d+$)[0-9a-zA-Z-_]+$/.test(address.qualifier)) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${address.qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
      )
    }
    const fn = state.find(context.accountId, address.name)
    const isThere = fn !== undefined && (address.qualifier === undefined || fn.aliases.has(address.qualifier))
    if (!isThere) throw new AwsError('ResourceNotFoundException', 'Function does not exist', 404, { Type: 'User' })
    return { fn, key: address.qualifier ?? '' }
  }
  return {
    createFunctionUrlConfig: ({ FunctionName, Qualifier, AuthType, Cors, InvokeMode = 'BUFFERED' }, context) => {
      const { fn, key } = find(FunctionName, Qualifier, context)
      const arn = key === '' ? fn.arn : `${fn.arn}:${key}`
      if (fn.urls.has(key)) {
        throw new AwsError(
          'ResourceConflictException',
          `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
          409,
          { Type: 'User' },
        )
      }
      const now = new Date().toISOString()
      const url: FunctionUrlConfig = {
        FunctionArn: arn,
        FunctionUrl: newAddress(context.region),
        AuthType: checked<'AWS_IAM' | 'NONE'>(AuthType, ['AWS_IAM', 'NONE'], 'authType'),
        InvokeMode: checked<'BUFFERED' | 'RESPONSE_STREAM'>(InvokeMode, ['BUFFERED', 'RESPONSE_STREAM'], 'invokeMode'),
        ...{ CreationTime: now, LastModifiedTime: now, ...(Cors === undefined ? {} : { Cors }) },
      }
      fn.urls.set(key, url)
      return url
    },
    getFunctionUrlConfig: ({ FunctionName, Qualifier }, context) => {
      const { fn, key } = find(FunctionName, Qualifier, context)
      return urlOf(fn, key)
    },
    updateFunctionUrlConfig: ({ FunctionName, Qualifier, AuthType, Cors, InvokeMode }, context) => {
      const { fn, key } = find(FunctionName, Qualifier, context)
      const url = {
        ...urlOf(fn, key),
        ...(AuthType === undefined ? {} : { AuthType }),
        ...(InvokeMode === undefined ? {} : { InvokeMode }),
        ...(Cors === undefined ? {} : { Cors }),
        LastModifiedTime: new Date().toISOString(),
      }
      fn.urls.set(key, url)
      return url
    },
    deleteFunctionUrlConfig: ({ FunctionName, Qualifier }, context) => {
      const { fn, key } = find(FunctionName, Qualifier, context)
      urlOf(fn, key)
      fn.urls.delete(key)
      return {}
    },
    listFunctionUrlConfigs: ({ FunctionName, Marker, MaxItems }, context) => {
      const { fn } = find(FunctionName, undefined, context)
      const { items, next } = pageOf([...fn.urls.values()], MaxItems ?? 50, Marker, 'InvalidParameterValueException')
      return { FunctionUrlConfigs: [...items], NextMarker: next }
    },
  }
}

function urlOf(fn: FunctionState, key: string): FunctionUrlConfig {
  const url = fn.urls.get(key)
  if (url !== undefined) return url
  throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' })
}

/** Every URL that is made has a host name of its own, also when it replaces another. */
function newAddress(region: string): string {
  const host = BigInt(`0x${createHash('sha256').update(randomUUID()).digest('hex')}`)
    .toString(36)
    .slice(0, 32)
  return `https://${host}.lambda-url.${region}.on.aws/`
}

function checked<Value extends string>(value: Value | undefined, allowed: readonly Value[], name: string): Value {
  if (value !== undefined && allowed.includes(value)) return value
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
  )
}
