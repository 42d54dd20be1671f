import type { Lambda } from '@aws-sdk/client-lambda'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { functionAddress } from './function-name.ts'
import type { FunctionState, LambdaState } from './function-state.ts'

/** So much of an account's concurrency stays free; in an account that has less altogether, all of it. @source AWS Lambda Developer Guide, "Configuring reserved concurrency" */
const MIN_UNRESERVED = 100

/** Concurrency, and what an account may use. @source AWS Lambda API Reference */
export function concurrencyHandlers(state: LambdaState): Handlers<Lambda> {
  const find = (given: string | undefined, context: CallContext) =>
    state.get(context.accountId, functionAddress(given, undefined, context).name, context.region)
  return {
    putFunctionConcurrency: ({ FunctionName, ReservedConcurrentExecutions: wanted = 0 }, context) => {
      const fn = find(FunctionName, context)
      checkReserved(state, fn, wanted)
      fn.reserved = wanted
      return { ReservedConcurrentExecutions: wanted }
    },
    getFunctionConcurrency: ({ FunctionName }, context) => {
      const { reserved } = find(FunctionName, context)
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved }
    },
    deleteFunctionConcurrency: ({ FunctionName }, context) => {
      find(FunctionName, context).reserved = undefined
      return {}
    },
    getProvisionedConcurrencyConfig: ({ FunctionName }, context) => {
      find(FunctionName, context)
      const message = 'No Provisioned Concurrency Config found for this function'
      throw new AwsError('ProvisionedConcurrencyConfigNotFoundException', message, 404, { Type: 'User' })
    },
    getAccountSettings: (_input, { accountId }) => {
      const functions = state.of(accountId)
      return {
        AccountLimit: {
          ...{ TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800 },
          ...{
            ConcurrentExecutions: state.concurrencyLimit,
            UnreservedConcurrentExecutions: unreserved(state, accountId),
          },
        },
        AccountUsage: {
          TotalCodeSize: functions
            .flatMap(({ latest, versions }) => [latest, ...versions.values()])
            .reduce((sum, { zip }) => sum + zip.length, 0),
          FunctionCount: functions.length,
        },
      }
    },
  }
}

/** @throws AwsError InvalidParameterValueException when too little would be left for all others */
export function checkReserved(state: LambdaState, fn: FunctionState | { accountId: string }, wanted: number): void {
  const own = 'reserved' in fn ? (fn.reserved ?? 0) : 0
  const minimum = Math.min(MIN_UNRESERVED, state.concurrencyLimit)
  if (unreserved(state, fn.accountId) + own - wanted >= minimum) return
  throw new AwsError(
    'InvalidParameterValueException',
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minimum}].`,
    400,
    { Type: 'User' },
  )
}

function unreserved(state: LambdaState, accountId: string): number {
  return state.of(accountId).reduce((left, { reserved = 0 }) => left - reserved, state.concurrencyLimit)
}
