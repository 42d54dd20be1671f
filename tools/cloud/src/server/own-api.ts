import { AwsError } from '../wire/aws-error.ts'
import type { CloudAnswer, CloudRequest } from '../wire/messages.ts'
import type { Operations } from '../wire/operations.ts'
import type { Protocol } from '../wire/protocol.ts'

/** Who calls, and where. */
export interface CallContext {
  readonly accountId: string
  readonly accessKeyId: string
  readonly region: string
}

type Awaitable<Value> = Value | Promise<Value>

/**
 * What a service does, operation by operation, named and typed as in the SDK's own client: `listHostedZones` takes what
 * the client's takes, and gives what it gives.
 */
export type Handlers<Client> = {
  readonly [Method in keyof Client]?: Client[Method] extends (
    args: infer Input,
    options: infer _Options,
    done: (error: infer _Failure, data?: infer Output) => void,
  ) => void
    ? (input: Input, context: CallContext) => Awaitable<Omit<Output, '$metadata'>>
    : never
}

/** A service that is answered here and never passed on. */
export interface OwnApi {
  /** Name that requests are signed for. */
  readonly name: string
  readonly protocol: Protocol
  readonly operations: Operations
  readonly handle: (
    action: string,
    input: Readonly<Record<string, unknown>>,
    context: CallContext,
  ) => Awaitable<Readonly<Record<string, unknown>>>
  /** Names of the operations that are there. */
  readonly handled: readonly string[]
}

/** A service made of handlers. An operation of AWS's that has none is refused as not available here. */
export function ownApi<Client>(
  name: string,
  protocol: Protocol,
  operations: Operations,
  handlers: Handlers<Client>,
): OwnApi {
  const byName = handlers as Readonly<Record<string, ((input: object, context: CallContext) => object) | undefined>>
  return {
    name,
    protocol,
    operations,
    handled: Object.keys(handlers).map((method) => `${method.charAt(0).toUpperCase()}${method.slice(1)}`),
    handle: (action, input, context) => {
      const method = `${action.charAt(0).toLowerCase()}${action.slice(1)}`
      const handler = Object.hasOwn(byName, method) ? byName[method] : undefined
      if (handler === undefined) {
        throw new AwsError('NotImplemented', `The laptop's AWS has no ${action} of ${name}.`, 501)
      }
      return handler(input, context) as Awaitable<Readonly<Record<string, unknown>>>
    },
  }
}

/** A call that is about to be passed on to moto. */
export interface PassedCall extends CallContext {
  readonly action: string
  readonly request: CloudRequest
}

/** What AWS checks and moto does not: refuses before a call is passed on, or mends the answer. */
export interface Guard {
  readonly name: string
  /** @throws AwsError to refuse */
  readonly before?: (call: PassedCall) => Awaitable<CloudAnswer | undefined>
  readonly after?: (call: PassedCall, answer: CloudAnswer) => Awaitable<CloudAnswer>
}
