import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import pLimit from 'p-limit'
import { chooseVersion } from './choose-version.ts'
import { ConcurrencyLimits } from './concurrency-limits.ts'
import type { FunctionState, LambdaState, Version } from './function-state.ts'
import { type InvocationStatus, platformLines, type Report } from './sandbox/platform-lines.ts'
import type { Answer, Ending } from './sandbox/sandbox.ts'
import type { Pooled, SandboxPool } from './sandbox/sandbox-pool.ts'

/** An invocation that is over. */
export interface Invoked extends Report {
  readonly functionName: string
  readonly version: string
  readonly status: InvocationStatus
  /** What the sandbox had of the processor, in vCPUs; `full`: it could not be limited. */
  readonly vcpus: number | 'full'
}

export interface Call {
  readonly fn: FunctionState
  /** `$LATEST`, a version's number or an alias; undefined: `$LATEST`. */
  readonly qualifier: string | undefined
  readonly event: Buffer
  /** The caller takes an answer as it comes. It must then read it. */
  readonly streams?: boolean
  /** Absent: one is made up. */
  readonly requestId?: string
}

/** An invocation that was begun. */
export interface Begun {
  readonly requestId: string
  readonly version: string
  readonly answer: Promise<Answer>
  /** Settles when the function is done, with the end of its log. */
  readonly ended: Promise<Invoked & { readonly logTail: string }>
}

/** A start may take so long; then it is tried again within the invocation. @source AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle" */
const INIT_LIMIT_MS = 10_000

/** Runs functions as Lambda does. */
export class FunctionRunner {
  readonly #pool: SandboxPool
  readonly #random: () => number
  readonly #onInvoked: (invoked: Invoked) => void
  readonly #underWay = new Set<Promise<unknown>>()
  /** More starts than processors hinder each other, and those who answer already. */
  readonly #starts = pLimit(availableParallelism())
  readonly #givingUp = new Set<() => void>()
  #limits = new ConcurrencyLimits()

  constructor(pool: SandboxPool, random: () => number, onInvoked: (invoked: Invoked) => void) {
    this.#pool = pool
    this.#random = random
    this.#onInvoked = onInvoked
  }

  /** @throws AwsError ResourceNotFoundException, TooManyRequestsException */
  async begin(state: LambdaState, call: Call): Promise<Begun> {
    const version = chooseVersion(call.fn, call.qualifier, this.#random)
    const release = this.#limits.admit(state, call.fn)
    try {
      return await this.#beginAdmitted(call, version, release)
    } catch (error) {
      release()
      throw error
    }
  }

  /** Ends all sandboxes; what they were doing fails. */
  async stopAll(): Promise<void> {
    for (const giveUp of this.#givingUp) giveUp()
    this.#givingUp.clear()
    await this.#pool.stopAll()
    await Promise.allSettled(this.#underWay)
    this.#limits = new ConcurrencyLimits()
  }

  async #beginAdmitted(call: Call, version: Version, release: () => void): Promise<Begun> {
    const { fn, qualifier, event, streams = false, requestId = randomUUID() } = call
    const { Timeout = 3, MemorySize: memoryMb = 128, Version: number = '$LATEST' } = version.configuration
    const lines = linesOf(version)
    const warm = this.#pool.take(fn, version)
    const first =
      warm === undefined
        ? await this.#startOrTakeFreed(fn, version)
        : { pooled: warm, initMs: undefined, failed: undefined }
    if (first.failed === undefined && first.initMs === undefined) first.pooled.log.beginTail()
    first.pooled.log.lines(lines.start(requestId, number))
    const begun = performance.now()
    const second =
      first.failed === undefined ? first : await this.#startAgain(first.pooled, fn, version, Timeout * 1000)
    const { pooled } = second
    const timeoutMs = Math.max(1, Timeout * 1000 - (performance.now() - begun))
    const functionArn = qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`
    const run =
      second.failed === undefined
        ? pooled.box.run({ requestId, functionArn, event, timeoutMs, streams })
        : failedRun(second.failed)
    const ended = run.ended.then(async (ending) => {
      const durationMs = performance.now() - begun
      const maxMemoryMb = pooled.box.peakMb
      // What the function printed is in the pipe by now, and read in the turns that follow.
      for (let turn = 0; turn < 3; turn++) await nextTurn()
      const failed = ending.kind === 'failed' ? ending : undefined
      const report: Report = {
        ...{ requestId, durationMs, memoryMb, maxMemoryMb, status: failed?.status ?? 'success' },
        ...{ initMs: first.failed === undefined ? first.initMs : undefined, errorType: failed?.error.errorType },
      }
      if (failed !== undefined && isLambdas(failed.error.errorType)) {
        pooled.log.lines(lines.failed(requestId, failedLine(requestId, failed)))
      }
      pooled.log.lines(lines.end(report))
      const { tail: logTail } = pooled.log
      this.#pool.putBack(pooled)
      release()
      const invoked = { ...report, functionName: fn.name, version: number, vcpus: pooled.vcpus }
      this.#onInvoked(invoked)
      return { ...invoked, logTail }
    })
    this.#underWay.add(ended)
    void ended.finally(() => this.#underWay.delete(ended))
    return { requestId, version: number, answer: run.answer, ended }
  }

  /**
   * A call for which no sandbox is free makes one start. When another becomes free before, it takes that one, and the
   * new one is for whoever comes next. @source Lambda starts environments ahead of calls: AJ Stuyvenberg,
   * "Understanding AWS Lambda Proactive Initialization" (2023)
   */
  #startOrTakeFreed(fn: FunctionState, version: Version): Promise<Started> {
    return new Promise((resolve, reject) => {
      const call = this.#pool.wait(fn, version, (pooled) => {
        this.#givingUp.delete(giveUp)
        resolve({ pooled, failed: undefined })
      })
      const giveUp = () => {
        if (call.leave()) reject(new Error('functions are no longer run'))
      }
      this.#givingUp.add(giveUp)
      this.#starts(async () => {
        if (call.isOver) return
        const started = await this.#start(fn, version)
        this.#givingUp.delete(giveUp)
        if (call.leave()) resolve(started)
        else this.#pool.putBack(started.pooled)
      }).catch((error: unknown) => {
        this.#givingUp.delete(giveUp)
        // Nobody waits for it any more: the next call starts another.
        if (call.leave()) reject(error)
      })
    })
  }

  async #start(fn: FunctionState, version: Version): Promise<Started> {
    const pooled = await this.#pool.start(fn, version)
    const lines = linesOf(version)
    pooled.log.lines(lines.initStart(version.configuration.Version ?? '$LATEST'))
    const begun = performance.now()
    const ending = await pooled.box.ready(INIT_LIMIT_MS)
    const initMs = performance.now() - begun
    if (ending.kind === 'done') return { pooled, initMs, failed: undefined }
    pooled.log.lines(lines.initFailed(initMs, ending.status, ending.error.errorType))
    return { pooled, failed: ending }
  }

  /** Lambda starts once more, with the function's own time-out, when a first start came to nothing. */
  async #startAgain(before: Pooled, fn: FunctionState, version: Version, limitMs: number): Promise<Started> {
    this.#pool.putBack(before)
    const pooled = await this.#pool.start(fn, version, before)
    const ending = await pooled.box.ready(limitMs)
    return { pooled, failed: ending.kind === 'done' ? undefined : ending }
  }
}

type Failed = Extract<Ending, { kind: 'failed' }>

interface Started {
  readonly pooled: Pooled
  readonly initMs?: number
  readonly failed: Failed | undefined
}

function failedRun(failed: Failed) {
  return { answer: Promise.resolve<Answer>({ kind: 'failed', error: failed.error }), ended: Promise.resolve(failed) }
}

function linesOf({ configuration }: Version) {
  return platformLines(configuration.LoggingConfig?.LogFormat ?? 'Text')
}

/** The runtime client writes a function's own errors itself. */
function isLambdas(errorType: string): boolean {
  return errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError'
}

function failedLine(requestId: string, { status, error }: Failed): string {
  if (status !== 'timeout') return `${error.errorMessage}\n${error.errorType}`
  return `${new Date().toISOString()} ${requestId} ${error.errorMessage.replace(/^.*Error: /, '')}`
}
