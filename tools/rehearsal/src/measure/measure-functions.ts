import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import type { CloudFunctions, Invoked } from '@sax/cloud'
import { verificationTokenAnswer } from '@sax/release'
import { type FunctionRole, functionName, LIVE_ALIAS, stages } from '@sax/topology'
import { functionAnswer } from '@sax/zones/function-requests'
import { median, nearestRank } from '../ranks.ts'
import type { Rehearsal } from '../start-rehearsal.ts'
import { type AskedFunction, askedFunctions } from './asked-functions.ts'

export interface MeasureOptions {
  /** Starts of each function with each memory. Default 9. */
  readonly coldStarts?: number
  /** Calls of a warm sandbox, one after the other. Default 200. */
  readonly warmCalls?: number
  /** Cookie header of somebody who is signed in at the host. */
  readonly cookies: string
  /** Gets what is being done, line by line. */
  readonly say: (line: string) => void
}

/** A function with one memory. Milliseconds. */
export interface FunctionFigures {
  readonly role: FunctionRole
  readonly memoryMb: number
  /** What the sandbox had of the processor; `full`: all there is. */
  readonly vcpus: number | 'full'
  readonly cold: {
    readonly starts: number
    /** Medians of the start until the handler is there, and of the first answer after it. */
    readonly initMs: number
    readonly firstMs: number
    /** Of both together. */
    readonly medianMs: number
    readonly maxMs: number
  }
  readonly warm: { readonly calls: number; readonly p50Ms: number; readonly p99Ms: number }
  /** The most memory that a sandbox had. */
  readonly peakMb: number | undefined
}

/** Calls that are not counted: what runs for the first time compiles first. */
const WARM_UP = 10
/** A token of verification lives for a minute. */
const TOKEN_MS = 30_000
/** With so much memory a sandbox has two processors, more than a start can use. */
export const TWO_CPUS_MB = 3538

/**
 * How long functions of a stage take to start, and to answer when they have. What was deployed last is measured, as it
 * is invoked by AWS; nothing else should be done on the machine. Memory is put back where it was.
 * @throws Error when an answer is not the one that was asked for: a refusal is quick and says nothing
 */
export async function measureFunctions(
  { env, cloud, stage }: Pick<Rehearsal, 'env' | 'cloud' | 'stage'>,
  { coldStarts = 9, warmCalls = 200, cookies, say }: MeasureOptions,
): Promise<readonly FunctionFigures[]> {
  const functions = cloud.functions
  if (functions === undefined) throw new TypeError('this cloud runs no functions')
  const lambda = new LambdaClient({
    endpoint: env.AWS_ENDPOINT_URL ?? '',
    region: env.AWS_REGION ?? '',
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
  })
  const setMemory = async (FunctionName: string, MemorySize: number) => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }))
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName })
  }
  const nameOf = (role: FunctionRole) => functionName(stage, role)
  const tokens = tokensOf(lambda, nameOf('sleep-connect-server'))
  const call = async (one: AskedFunction): Promise<Invoked> => {
    const before = lastOf(functions, nameOf(one.role))
    const event = one.event({ cookies, token: await tokens() }, randomUUID(), new Date())
    const payload = await invoke(lambda, nameOf(one.role), '$LATEST', event)
    const status = functionAnswer(payload)?.status
    const wanted = one.coldAimMs === undefined ? undefined : 200
    if (status !== wanted) throw new Error(`${one.role} answers ${status ?? 'nothing of HTTP'}, not ${wanted}`)
    return endOf(functions, nameOf(one.role), before)
  }
  try {
    const figures: FunctionFigures[] = []
    for (const one of askedFunctions) {
      const FunctionName = nameOf(one.role)
      const { MemorySize: ownMb = 0 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
      try {
        for (const memoryMb of memoriesOf(one.role, ownMb)) {
          say(`${one.role} with ${memoryMb} MB …`)
          await setMemory(FunctionName, memoryMb)
          const measured = await figuresOf(
            one,
            memoryMb,
            () => call(one),
            () => functions.endIdle(FunctionName),
          )
          figures.push(measured)
          const { cold, warm } = measured
          say(`  cold ${Math.round(cold.medianMs)} ms, warm ${warm.p50Ms.toFixed(1)} ms`)
        }
      } finally {
        await setMemory(FunctionName, ownMb)
      }
    }
    return figures
  } finally {
    lambda.destroy()
  }

  async function figuresOf(
    { role }: AskedFunction,
    memoryMb: number,
    ask: () => Promise<Invoked>,
    endIdle: () => Promise<void>,
  ): Promise<FunctionFigures> {
    // What it calls itself is warm, and its files are in the machine's memory.
    await ask()
    const cold: { readonly initMs: number; readonly firstMs: number }[] = []
    let last: Invoked | undefined
    while (cold.length < coldStarts) {
      await endIdle()
      last = await ask()
      if (last.initMs === undefined) throw new Error(`${role} was not started anew`)
      cold.push({ initMs: last.initMs, firstMs: last.durationMs })
    }
    for (let i = 0; i < WARM_UP; i += 1) await ask()
    const warm: number[] = []
    while (warm.length < warmCalls) {
      last = await ask()
      warm.push(last.durationMs)
    }
    const whole = cold.map(({ initMs, firstMs }) => initMs + firstMs)
    return {
      ...{ role, memoryMb, vcpus: last?.vcpus ?? 'full', peakMb: last?.maxMemoryMb },
      cold: {
        ...{ starts: cold.length, medianMs: median(whole), maxMs: Math.max(...whole) },
        initMs: median(cold.map(({ initMs }) => initMs)),
        firstMs: median(cold.map(({ firstMs }) => firstMs)),
      },
      warm: { calls: warm.length, p50Ms: nearestRank(warm, 0.5), p99Ms: nearestRank(warm, 0.99) },
    }
  }
}

/** What the stage has, what production has for what answers people, and so much that the processor is not the limit. */
function memoriesOf(role: FunctionRole, ownMb: number): readonly number[] {
  const production =
    role === 'outreach-migrations' || role === 'outreach-worker' ? ownMb : stages.production.functionMemoryMb
  return [...new Set([ownMb, production, TWO_CPUS_MB])]
}

function tokensOf(lambda: LambdaClient, hostFunction: string): () => Promise<string> {
  let kept: { readonly token: string; readonly untilMs: number } | undefined
  return async () => {
    if (kept === undefined || performance.now() > kept.untilMs) {
      const event = { sax: 'verification-token', of: 'first' }
      const { token } = verificationTokenAnswer.parse(await invoke(lambda, hostFunction, LIVE_ALIAS, event))
      kept = { token, untilMs: performance.now() + TOKEN_MS }
    }
    return kept.token
  }
}

async function invoke(lambda: LambdaClient, name: string, qualifier: string, event: unknown): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Qualifier: qualifier, Payload: JSON.stringify(event) }),
  )
  if (FunctionError !== undefined) throw new Error(`${name} fails (${FunctionError})`)
  const text = Payload?.transformToString() ?? ''
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function lastOf(functions: CloudFunctions, name: string): Invoked | undefined {
  return functions.invocations().findLast((one) => one.functionName === name && one.version === '$LATEST')
}

/** An answer is there a little before its invocation is over. */
async function endOf(functions: CloudFunctions, name: string, before: Invoked | undefined): Promise<Invoked> {
  for (let looks = 0; looks < 1000; looks += 1) {
    const last = lastOf(functions, name)
    if (last !== undefined && last !== before) return last
    await wait(1)
  }
  throw new Error(`${name} does not come to its end`)
}
