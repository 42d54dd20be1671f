import type { Lambda } from '@aws-sdk/client-lambda'
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { functionAddress } from './function-name.ts'
import type { FunctionRunner } from './function-runner.ts'
import { type FunctionState, type LambdaState, versionOf } from './function-state.ts'

/** Bytes of an event. @source AWS Lambda Developer Guide, "Lambda quotas" */
export const MAX_EVENT_BYTES = 6_291_456

/** Running functions by the API. @source AWS Lambda API Reference, "Invoke" */
export function invokeHandlers(state: LambdaState, runner: FunctionRunner | undefined): Handlers<Lambda> {
  return {
    invoke: async (input, context) => {
      const { InvocationType = 'RequestResponse', LogType = 'None', Payload } = input
      const { name, qualifier } = functionAddress(input.FunctionName, input.Qualifier, context)
      const fn = state.get(context.accountId, name, context.region)
      refuseWhilePending(fn)
      const event = readEvent(Payload as Uint8Array | undefined)
      versionOf(fn, qualifier)
      if (InvocationType === 'DryRun') return { StatusCode: 204 }
      if (InvocationType !== 'RequestResponse') {
        throw new AwsError('NotImplemented', "The laptop's AWS invokes synchronously only.", 501)
      }
      if (runner === undefined) {
        throw new AwsError('NotImplemented', "The laptop's AWS was started without running functions.", 501)
      }
      const { answer, ended, version } = await runner.begin(state, { fn, qualifier, event })
      const given = await answer
      const { logTail } = await ended
      const isFailed = given.kind === 'failed'
      return {
        StatusCode: 200,
        ExecutedVersion: version,
        ...(isFailed ? { FunctionError: 'Unhandled' } : {}),
        ...(LogType === 'Tail' ? { LogResult: Buffer.from(logTail).toString('base64') } : {}),
        ...(given.kind === 'stream' ? {} : { Payload: payloadBytes(isFailed ? given.error : given.payload) }),
      }
    },
  }
}

/** @source AWS Lambda Developer Guide, "Lambda function states" @throws AwsError ResourceConflictException */
function refuseWhilePending(fn: FunctionState): void {
  if (!fn.settling || fn.latest.configuration.State !== 'Pending') return
  const message =
    'The operation cannot be performed at this time. The function is currently in the following state: Pending'
  throw new AwsError('ResourceConflictException', message, 409, { Type: 'User' })
}

/** @throws AwsError RequestTooLargeException, InvalidRequestContentException */
function readEvent(payload: Uint8Array | undefined): Buffer {
  if (payload === undefined || payload.byteLength === 0) return Buffer.from('{}')
  const event = Buffer.from(payload)
  if (event.length > MAX_EVENT_BYTES) {
    const message = `${event.length} byte payload is too large for the RequestResponse invocation type (limit ${MAX_EVENT_BYTES} bytes)`
    throw new AwsError('RequestTooLargeException', message, 413, { Type: 'User' })
  }
  try {
    JSON.parse(event.toString('utf8'))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const message = 'Could not parse request body into json: the payload is no JSON'
    throw new AwsError('InvalidRequestContentException', message, 400, { Type: 'User' })
  }
  return event
}

function payloadBytes(value: object): Uint8ArrayBlobAdapter {
  return Uint8ArrayBlobAdapter.mutate(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)))
}
