import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { ASKED, createExchange, type Exchange, IDLE } from './exchange.ts'
import { type CallAnswer, outcomeOf, type PrepareFunction, refuseLongCode } from './prepared-function.ts'

export type { PreparedFunction } from './prepared-function.ts'

/**
 * CloudFront limits a function's share of processor time (its "compute utilization"), which a laptop cannot measure
 * alike. This is a limit of the clock on the wall, wide enough for a machine that is busy with other things.
 */
const LIMIT_MS = 1000

/** A new thread has to start before it can answer at all. */
const START_LIMIT_MS = 10_000

/**
 * Makes any function callable, in a thread and a realm of its own, with a limit of time: whatever it does, it is over
 * when the limit is.
 */
export const prepareFunction: PrepareFunction = (edgeFunction) => {
  refuseLongCode(edgeFunction)
  const { name, code } = edgeFunction
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
    return answer === undefined ? { kind: 'failed', reason: 'too_slow' } : outcomeOf(answer)
  }
}

interface Thread {
  readonly worker: Worker
  readonly exchange: Exchange
  readonly prepared: Set<string>
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
function ask({ exchange, worker }: Thread, question: string, limitMs: number): CallAnswer | undefined {
  if (!exchange.put(question)) return { kind: 'too_large' }
  exchange.say(ASKED)
  if (exchange.waitWhile(ASKED, limitMs)) return JSON.parse(exchange.take()) as CallAnswer
  thread = undefined
  void worker.terminate()
  return undefined
}
