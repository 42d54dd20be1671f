import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as after } from 'node:timers/promises'
import { inheritedEnvironment } from './env.ts'
import type { Part, Step } from './part.ts'
import type { PartLog } from './part-log.ts'
import { signalGroup } from './process-group.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** After SIGTERM a part may finish what it does for this long. */
const GRACE_MS = 4000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** A part that lived this long had started well; its next failure is a first one again. */
const HEALTHY_MS = 30_000

/** Header bytes a part takes: more than the front door lets through, so that the door is the one to refuse. */
const HEADER_BYTES = 32_768

const BOUND = new URL('./end-with-supervisor.ts', import.meta.url).href

export interface PartEvents {
  /** The part runs under a new process number. */
  started(pid: number): void
  /** It ended by itself and is started again after `pauseMs`. */
  died(how: string, pauseMs: number): void
  /** It answers again after having died. */
  recovered(): void
}

export interface RunningPart {
  readonly pid: number | undefined
  /** Ends the process and leaves it ended. */
  stop(): Promise<void>
  /** Starts it after `stop`. Resolves when it is ready. */
  start(): Promise<void>
}

/**
 * Starts a part and keeps it running until it is stopped. Resolves when it is ready.
 * @throws Error with its last lines when it ends before it was ready for the first time.
 */
export async function runPart(
  part: Part,
  log: PartLog,
  events: PartEvents,
  readyWithinMs: number,
): Promise<RunningPart> {
  let child: ChildProcess | undefined
  let wanted = true
  let pauseMs = FIRST_PAUSE_MS
  let pausing = new AbortController()

  const launch = (): ChildProcess => {
    const launched = spawnNode(part, log)
    child = launched
    if (launched.pid !== undefined) events.started(launched.pid)
    return launched
  }
  const isReady = (launched: ChildProcess) => waitUntilReady(part.readyUrl, readyWithinMs, () => hasEnded(launched))

  const watch = (launched: ChildProcess): void => {
    const startedMs = performance.now()
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      if (!wanted || launched !== child) return
      // What it had started may still hold its port.
      signalGroup(launched, 'SIGKILL')
      if (performance.now() - startedMs > HEALTHY_MS) pauseMs = FIRST_PAUSE_MS
      events.died(signal ?? `exit code ${code ?? 'unknown'}`, pauseMs)
      void revive()
    }
    if (hasEnded(launched)) onExit(launched.exitCode, launched.signalCode)
    else launched.once('exit', onExit)
  }

  const revive = async (): Promise<void> => {
    pausing = new AbortController()
    await after(pauseMs, undefined, { signal: pausing.signal }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    if (!wanted) return
    const launched = launch()
    watch(launched)
    if (await isReady(launched)) events.recovered()
  }

  const startOnce = async (): Promise<void> => {
    const launched = launch()
    if (await isReady(launched)) return watch(launched)
    // An end before it was ever ready is a failure to start and no reason to try again.
    const how = hasEnded(launched) ? 'ended' : `was not ready after ${readyWithinMs / 1000} s`
    await endProcess(launched)
    throw new Error(`${part.title} ${how} while starting:\n${log.tail()}`)
  }

  await startOnce()
  return {
    get pid() {
      return wanted && child !== undefined && !hasEnded(child) ? child.pid : undefined
    },
    stop: async () => {
      wanted = false
      pausing.abort()
      if (child !== undefined) await endProcess(child)
    },
    start: async () => {
      wanted = true
      pauseMs = FIRST_PAUSE_MS
      await startOnce()
    },
  }
}

/** Runs a step to its end. @throws Error with its last lines when it fails. */
export async function runStep(step: Step, log: PartLog): Promise<void> {
  const child = spawnNode(step, log)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${step.title} failed:\n${log.tail()}`)
}

function spawnNode({ args, cwd, env, heapMb }: Step, log: PartLog): ChildProcess {
  const limits = [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=8', `--max-http-header-size=${HEADER_BYTES}`]
  const child = spawn(process.execPath, [...limits, `--import=${BOUND}`, ...args], {
    cwd,
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C reaches the supervisor alone, which stops the parts in order.
    detached: process.platform !== 'win32',
  })
  for (const stream of ['stdout', 'stderr'] as const) {
    const pipe = child[stream]
    if (pipe) createInterface({ input: pipe }).on('line', (line) => log.write(line, stream))
  }
  child.once('error', (error) => log.write(error.message, 'stderr'))
  return child
}

/** Ends a process and whatever it started: politely, then not. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) {
    signalGroup(child, 'SIGKILL')
    return
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(timer)
  signalGroup(child, 'SIGKILL')
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined
}
