import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { EdgeFunction } from '../config/distribution.ts'
import { ASKED, createExchange, type Exchange, IDLE } from './exchange.ts'

/** @source AWS CloudFront Developer Guide, "Quotas on CloudFront Functions": maximum function size, in bytes */
export const MAX_CODE_BYTES = 10_240

/**
 * CloudFront limits a function's share of processor time (its "compute utilization"), which a laptop cannot measure
 * alike. This is a limit of the clock on the wall, wide enough for a machine that is busy with other things.
 */
const LIMIT_MS = 1000

/** A new thread has to start before it can answer at all. */
const START_LIMIT_MS = 10_000

/** What came of a call. `log` is what the function wrote to its console; it is never printed, for it may quote data. */
export type FunctionOutcome =
  | { readonly kind: 'returned'; readonly value: unknown; readonly log: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: 'threw' | 'too_slow' | 'too_large' }

/** A function that is ready to be called with an event. Calls share nothing. */
export type PreparedFunction = (event: object) => FunctionOutcome

/**
 * Makes a CloudFront Function callable, in a thread and a realm of its own.
 * @throws Error naming the function when it is longer than CloudFront takes or is no script with a `handler`.
 */
export function prepareFunction({ name, code }: EdgeFunction): PreparedFunction {
  if (Buffer.byteLength(code) > MAX_CODE_BYTES)
    throw new Error(`function ${name} is longer than ${MAX_CODE_BYTES} bytes`)
  const id = createHash('sha256').update(code).digest('hex')
  const prepare = () => {
    const thread = runningThread()
    if (thread.prepared.has(id)) return thread
    if (ask(thread, `prepare ${id}\n${code}`, START_LIMIT_MS)?.kind !== 'prepared') {
      throw new Error(`function ${name} is no script that can run`)
    }
    thread.prepared.add(id)
    return thread
  }
  prepare()
  return (event) => {
    const answer = ask(prepare(), `call ${id}\n${JSON.stringify(event)}`, LIMIT_MS)
    if (answer === undefined) return { kind: 'failed', reason: 'too_slow' }
    if (answer.kind === 'returned') return { kind: 'returned', value: answer.value, log: answer.log ?? [] }
    return { kind: 'failed', reason: answer.kind === 'too_large' ? 'too_large' : 'threw' }
  }
}

interface Thread {
  readonly worker: Worker
  readonly exchange: Exchange
  readonly prepared: Set<string>
}

interface Answer {
  readonly kind: string
  readonly value?: unknown
  readonly log?: readonly string[]
}

/** One thread for the whole process: functions keep nothing, so sharing it shares nothing. It keeps no process alive. */
let thread: Thread | undefined

function runningThread(): Thread {
  if (thread !== undefined) return thread
  const exchange = createExchange()
  const worker = new Worker(new URL('./function-thread.ts', import.meta.url), {
    workerData: { memory: exchange.memory },
    env: {},
  })
  worker.unref()
  if (!exchange.waitWhile(IDLE, START_LIMIT_MS)) throw new Error('the thread of the edge functions does not start')
  thread = { worker, exchange, prepared: new Set() }
  return thread
}

/** Blocks until the thread has answered. A thread that takes too long is ended; the next call starts another. */
function ask({ exchange, worker }: Thread, question: string, limitMs: number): Answer | undefined {
  if (!exchange.put(question)) return { kind: 'too_large' }
  exchange.say(ASKED)
  if (exchange.waitWhile(ASKED, limitMs)) return JSON.parse(exchange.take()) as Answer
  thread = undefined
  void worker.terminate()
  return undefined
}
