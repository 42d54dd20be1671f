import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { startInLog } from '../asking/log-lines.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** Anything that sends an `InvokeCommand`. Its failures are `AwsFailure` when `createInvoker` made it. */
export type Invoker = Pick<LambdaClient, 'send'>

export interface Invocation {
  /** Name or ARN. */
  readonly functionName: string
  /** A published version or an alias; undefined: what was uploaded last. */
  readonly qualifier: string | undefined
  /** Sent as JSON. */
  readonly event: unknown
}

/** What came of a call. `failed`: the function itself threw, ran out of time or memory, or could not start. */
export type Invoked =
  | {
      readonly kind: 'answered'
      readonly payload: unknown
      readonly executedVersion: string | undefined
      /** How long it took to start, milliseconds, as the platform reports it. Absent: it ran already. */
      readonly initMs?: number
    }
  | {
      readonly kind: 'failed'
      /** As the runtime names it, for example `TypeError` or `Sandbox.Timedout`. */
      readonly errorType: string
      /** The last 4 KB of its log, which holds what the function itself wrote. */
      readonly logTail: string
    }

export function createInvoker(settings: AwsSettings): Invoker {
  return failingPlainly('lambda', new LambdaClient(clientOptions(settings)))
}

/**
 * Calls a function and waits for its answer. What an error says is left out: it is the function's own text.
 * @source AWS Lambda API Reference, "Invoke" (FunctionError, LogResult, ExecutedVersion)
 * @throws AwsFailure when the call never reached it
 */
export async function invokeFunction(
  client: Invoker,
  { functionName, qualifier, event }: Invocation,
): Promise<Invoked> {
  const { FunctionError, LogResult, Payload, ExecutedVersion } = await client.send(
    new InvokeCommand({
      FunctionName: functionName,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  )
  const payload = parsed(new TextDecoder().decode(Payload))
  const logTail = LogResult === undefined ? '' : Buffer.from(LogResult, 'base64').toString('utf8')
  if (FunctionError !== undefined) {
    return { kind: 'failed', errorType: errorTypeOf(payload) ?? FunctionError, logTail }
  }
  const initMs = startInLog(logTail)
  return {
    kind: 'answered',
    payload,
    executedVersion: ExecutedVersion,
    ...(initMs === undefined ? {} : { initMs }),
  }
}

/** How often a function is called. */
export interface HowOften {
  /** Calls that are under way at the same time. */
  readonly atOnce: number
  /** How often each of these is followed by the next. */
  readonly rounds: number
  /** No more calls from then on. */
  readonly enough: AbortSignal
  /** Told of every start that a call had to wait for. Default: nobody. */
  readonly onStart?: (initMs: number) => void
}

/** Calls a function again and again. What it answers, and whether it does, is not looked at; how long it started is. */
export async function invokeOften(
  client: Invoker,
  called: Pick<Invocation, 'functionName' | 'qualifier'>,
  newEvent: () => unknown,
  { atOnce, rounds, enough, onStart = () => undefined }: HowOften,
): Promise<void> {
  const oneAfterTheOther = async () => {
    for (let round = 0; round < rounds && !enough.aborted; round += 1) {
      const invoked = await invokeFunction(client, { ...called, event: newEvent() }).catch(() => undefined)
      if (invoked?.kind === 'answered' && invoked.initMs !== undefined) onStart(invoked.initMs)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther))
}

/** A function that streams answers with bytes of its own, which need not be JSON. */
function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function errorTypeOf(payload: unknown): string | undefined {
  const { errorType } = (typeof payload === 'object' && payload !== null ? payload : {}) as { errorType?: unknown }
  return typeof errorType === 'string' ? errorType : undefined
}
