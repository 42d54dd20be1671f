import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { CpuShare } from './cpu-share.ts'
import { memoryOf } from './memory.ts'
import type { Undertaker } from './undertaker.ts'

const require = createRequire(import.meta.url)
const RUNTIME_CLIENT = join(dirname(require.resolve('aws-lambda-ric/package.json')), 'index.mjs')

/** How often memory is looked at while something runs. */
const LOOK_MS = 50

export interface ProcessOptions {
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
  /** A module that is loaded before the runtime client. */
  readonly preload: string
  readonly memoryMb: number
  readonly share: CpuShare
  readonly undertaker: Undertaker
  readonly onLine: (line: string) => void
}

/** How a process ended. `memory`: it had more than it may. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly why: 'itself' | 'memory' | 'ended'
}

/** The runtime client with a function in it, as a process. */
export interface SandboxProcess {
  readonly pid: number
  readonly ended: Promise<ProcessEnd>
  /** The most memory it ever had. */
  readonly peakMb: () => number | undefined
  readonly kill: () => void
}

/**
 * Starts the genuine runtime client. Its heap is a part of its memory, as on Lambda, so that it collects garbage in time.
 * @source aws-lambda-base-images, bootstrap of the Node.js runtimes up to 8.10 (90 % and 5 %; later ones are unverified)
 */
export function startProcess(options: ProcessOptions): SandboxProcess {
  const { folder, variables, preload, memoryMb, share, undertaker, onLine } = options
  const flags = [
    `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
    `--max-semi-space-size=${Math.floor(memoryMb * 0.05)}`,
  ]
  const command = [process.execPath, ...flags, '--require', preload, RUNTIME_CLIENT]
  const child = spawnWithin(share, command, folder, variables)
  const pid = child.pid
  if (pid === undefined) throw new Error('a sandbox cannot be started')
  undertaker.watch(pid)
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) eachLine(stream, onLine)
  }
  let why: ProcessEnd['why'] = 'itself'
  let peak = 0
  const kill = () => {
    try {
      // With everything that it has started.
      process.kill(-pid, 'SIGKILL')
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error
    }
  }
  const look = () => {
    const use = memoryOf(pid)
    if (use === undefined) return
    peak = Math.max(peak, use.peakMb)
    if (use.nowMb <= memoryMb || why !== 'itself') return
    why = 'memory'
    kill()
  }
  const looking = setInterval(look, LOOK_MS)
  looking.unref()
  child.once('exit', () => kill())
  const ended = new Promise<ProcessEnd>((resolve) =>
    child.once('close', (code, signal) => {
      clearInterval(looking)
      undertaker.forget(pid)
      share.release()
      resolve({ code, signal, why })
    }),
  )
  return {
    pid,
    ended,
    peakMb: () => {
      look()
      return peak === 0 ? undefined : Math.min(peak, memoryMb)
    },
    kill: () => {
      if (why === 'itself') why = 'ended'
      kill()
    },
  }
}

/** Puts the process under its limit before it does anything. */
function spawnWithin(
  { processesFile }: CpuShare,
  command: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const options: SpawnOptions = { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
  const [program = '', ...args] = command
  if (processesFile === undefined) return spawn(program, args, options)
  // The shell leaves traces in the environment, which a function is not to see.
  const clean = ['-u', 'PWD', '-u', 'OLDPWD', '-u', 'SHLVL', '-u', '_']
  const script = 'echo $$ > "$0" && exec /usr/bin/env "$@"'
  return spawn('/bin/sh', ['-c', script, processesFile, ...clean, ...command], options)
}

/** Lines end with a line feed alone: within messages the runtime client writes carriage returns. */
function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let begun = ''
  stream.setEncoding('utf8')
  stream.on('data', (part: string) => {
    const lines = `${begun}${part}`.split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  stream.once('end', () => {
    if (begun !== '') onLine(begun)
  })
}

const NATIVE_CLIENT = fileURLToPath(new URL('./native-client.cjs', import.meta.url))
const NETWORK = fileURLToPath(new URL('./network.cjs', import.meta.url))

/** Text of a module that supplies the native client and replaces the network. */
export function preloadText(runtimeApi: string, world: object): string {
  const load = (path: string, given: unknown) => `require(${JSON.stringify(path)})(${JSON.stringify(given)})\n`
  return load(NATIVE_CLIENT, runtimeApi) + load(NETWORK, world)
}
