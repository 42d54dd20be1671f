import { writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { CpuShare } from './cpu-share.ts'
import { exited, type FunctionError, MAX_ANSWER_BYTES, reportedError, TOO_LARGE, timedOut } from './function-error.ts'
import { bodyOf, type RuntimeApi, startRuntimeApi } from './runtime-api.ts'
import { type ProcessEnd, preloadText, type SandboxProcess, startProcess } from './sandbox-process.ts'
import type { Undertaker } from './undertaker.ts'

/** What an invocation gives. A streamed answer begins while the function still runs. */
export type Answer =
  | { readonly kind: 'payload'; readonly payload: Buffer }
  | { readonly kind: 'stream'; readonly contentType: string; readonly body: IncomingMessage }
  | { readonly kind: 'failed'; readonly error: FunctionError }

/** How a start or an invocation came to its end. */
export type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly status: 'error' | 'timeout' }

export interface SandboxOptions {
  readonly folder: string
  readonly variables: (runtimeApi: string) => Readonly<Record<string, string>>
  /** Where the preloaded module is written, and what it is told of the network. */
  readonly scratch: string
  readonly name: string
  readonly world: (runtimePort: number) => object
  readonly memoryMb: number
  readonly share: CpuShare
  readonly undertaker: Undertaker
  readonly onLine: (line: string) => void
}

export interface Invocation {
  readonly requestId: string
  readonly functionArn: string
  readonly event: Buffer
  readonly timeoutMs: number
  /** Whether the caller takes an answer as it comes. */
  readonly streams: boolean
}

interface Running extends Invocation {
  readonly answer: (answer: Answer) => void
  readonly end: (ending: Ending) => void
  /** What the function itself said went wrong. */
  failure?: FunctionError
  body?: IncomingMessage
  /** The answer was received in whole. */
  isAnswered?: boolean
  /** The runtime asks for more already. Its answer comes by another connection, and may be behind. */
  isNextAsked?: boolean
}

/** One execution environment: a process that handles one invocation at a time. */
export class Sandbox {
  readonly #api: RuntimeApi
  readonly #process: SandboxProcess
  readonly #ready: Promise<Ending>
  #running: Running | undefined
  #dead = false

  private constructor(api: RuntimeApi, process: SandboxProcess, ready: Promise<Ending>) {
    this.#api = api
    this.#process = process
    this.#ready = ready
  }

  static async start(options: SandboxOptions): Promise<Sandbox> {
    let settle: (ending: Ending) => void = () => undefined
    const ready = new Promise<Ending>((resolve) => {
      settle = resolve
    })
    let box: Sandbox | undefined
    let initError: FunctionError | undefined
    let isStarted = false
    const { folder, memoryMb, share, undertaker, onLine } = options
    const api = await startRuntimeApi({
      onNext: () => {
        if (!isStarted) share.started()
        isStarted = true
        settle({ kind: 'done' })
        if (box !== undefined) box.#next()
      },
      onAnswer: async (requestId, incoming) => (box === undefined ? 400 : box.#answer(requestId, incoming)),
      onError: (requestId, body) => {
        if (box !== undefined) box.#fail(requestId, reportedError(body))
      },
      onInitError: (body) => {
        initError = reportedError(body)
      },
    })
    const preload = join(options.scratch, `${options.name}.cjs`)
    await writeFile(preload, preloadText(api.address, options.world(Number(api.address.split(':')[1]))))
    const variables = options.variables(api.address)
    const process = startProcess({ folder, variables, preload, memoryMb, share, undertaker, onLine })
    const started = new Sandbox(api, process, ready)
    box = started
    void process.ended.then((end) => {
      settle({ kind: 'failed', status: 'error', error: initError ?? exitOf('', end) })
      started.#bury(end)
    })
    return started
  }

  get isAlive(): boolean {
    return !this.#dead
  }

  get pid(): number {
    return this.#process.pid
  }

  get peakMb(): number | undefined {
    return this.#process.peakMb()
  }

  /** Settles when the function is loaded, or is not after so long; then the sandbox is over. */
  async ready(limitMs: number): Promise<Ending> {
    const ending = await within<Ending>(this.#ready, limitMs, () => ({
      ...{ kind: 'failed', status: 'timeout' },
      error: { errorType: 'Sandbox.Timedout', errorMessage: `Init timed out after ${limitMs} ms` },
    }))
    if (ending.kind === 'failed') await this.stop()
    return ending
  }

  /** `answer` settles first, `ended` when the function is done with the invocation or gone. */
  run(invocation: Invocation): { readonly answer: Promise<Answer>; readonly ended: Promise<Ending> } {
    const { requestId, functionArn, event, timeoutMs } = invocation
    let answer: Running['answer'] = () => undefined
    const answered = new Promise<Answer>((resolve) => {
      answer = resolve
    })
    const ended = new Promise<Ending>((resolve) => {
      const timer = setTimeout(() => {
        this.#finish({ kind: 'failed', status: 'timeout', error: timedOut(requestId, timeoutMs) })
        void this.stop()
      }, timeoutMs)
      const end = (ending: Ending) => {
        clearTimeout(timer)
        resolve(ending)
      }
      this.#running = { ...invocation, answer, end }
    })
    // It may have died while nobody looked.
    if (this.#dead)
      this.#finish({ kind: 'failed', status: 'error', error: exited(requestId, { code: 1, signal: null }) })
    else this.#api.give({ requestId, functionArn, event, deadlineMs: Date.now() + timeoutMs })
    return { answer: answered, ended }
  }

  async stop(): Promise<void> {
    this.#dead = true
    this.#process.kill()
    await this.#process.ended
  }

  #next(): void {
    const running = this.#running
    if (running === undefined) return
    running.isNextAsked = true
    if (running.isAnswered) this.#finish({ kind: 'done' })
  }

  #answered(running: Running): void {
    running.isAnswered = true
    if (running.isNextAsked && this.#running === running) this.#finish({ kind: 'done' })
  }

  async #answer(requestId: string, incoming: IncomingMessage): Promise<number> {
    const running = this.#running
    if (running?.requestId !== requestId) return 400
    try {
      return await this.#receive(running, incoming)
    } finally {
      this.#answered(running)
    }
  }

  async #receive(running: Running, incoming: IncomingMessage): Promise<number> {
    const isStream = incoming.headers['lambda-runtime-function-response-mode'] === 'streaming'
    if (isStream && running.streams) {
      running.body = incoming
      const contentType = incoming.headers['content-type'] ?? 'application/octet-stream'
      running.answer({ kind: 'stream', contentType, body: incoming })
      await new Promise((resolve, reject) => incoming.once('end', resolve).once('error', reject))
    } else {
      const payload = await bodyOf(incoming)
      if (payload.length > MAX_ANSWER_BYTES) {
        running.failure = TOO_LARGE
        running.answer({ kind: 'failed', error: TOO_LARGE })
        return 413
      }
      const error = streamError(incoming)
      running.answer(error === undefined ? { kind: 'payload', payload } : { kind: 'failed', error })
    }
    const error = streamError(incoming)
    if (error !== undefined) running.failure = error
    return 202
  }

  #fail(requestId: string, error: FunctionError): void {
    if (this.#running?.requestId !== requestId) return
    this.#running.failure = error
    this.#running.answer({ kind: 'failed', error })
    this.#answered(this.#running)
  }

  #finish(ending: Ending): void {
    const running = this.#running
    if (running === undefined) return
    this.#running = undefined
    const { failure } = running
    if (ending.kind === 'failed') {
      running.answer({ kind: 'failed', error: ending.error })
      running.body?.destroy(new Error(ending.error.errorType))
    }
    running.end(
      ending.kind === 'done' && failure !== undefined ? { kind: 'failed', status: 'error', error: failure } : ending,
    )
  }

  #bury(end: ProcessEnd): void {
    this.#dead = true
    const requestId = this.#running?.requestId ?? ''
    this.#finish({ kind: 'failed', status: 'error', error: exitOf(requestId, end) })
    this.#api.close()
  }
}

/** Lambda kills what has too much memory, and says no more than that it was killed. */
function exitOf(requestId: string, { code, signal, why }: ProcessEnd): FunctionError {
  return exited(requestId, why === 'itself' ? { code, signal } : { code: null, signal: 'SIGKILL' })
}

/** A stream that breaks off says so behind its last byte. @source aws-lambda-ric, response streams (trailers) */
function streamError({ trailers }: IncomingMessage): FunctionError | undefined {
  const type = trailers['lambda-runtime-function-error-type']
  if (type === undefined) return undefined
  const body = trailers['lambda-runtime-function-error-body']
  return body === undefined ? { errorType: type, errorMessage: type } : reportedError(Buffer.from(body, 'base64'))
}

function within<Value>(promise: Promise<Value>, limitMs: number, late: () => Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late()), limitMs)
    void promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
