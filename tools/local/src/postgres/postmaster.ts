import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as after } from 'node:timers/promises'
import { programPath } from './binaries.ts'
import { systemEnvironment } from './env.ts'
import { isPostgres, readLockFile } from './lock-file.ts'
import type { Place } from './place.ts'
import { runProgram } from './run-program.ts'

const START_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 15_000
const LOOK_EVERY_MS = 15

/**
 * Starts the server and waits until it takes connections.
 * @throws Error with its last lines when it ends first or is not ready within a minute.
 */
export async function startPostmaster(
  place: Place,
  port: number,
  log: (line: string) => void,
  settings: Settings,
): Promise<number> {
  const child = spawn(programPath(place.native, 'postgres'), serverArguments(place.dataDir, port, settings), {
    ...place.account,
    cwd: place.account.uid === undefined ? undefined : '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C in the terminal must reach the site first, which then stops it in order.
    detached: process.platform !== 'win32',
    env: systemEnvironment(),
  })
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    if (said.length > 20) said.shift()
    log(line)
  })
  let failure: string | undefined
  child.once('error', (error) => {
    failure = error.message
  })
  const until = performance.now() + START_WITHIN_MS
  while (!isReady(place.dataDir, child)) {
    if (failure !== undefined || hasEnded(child))
      throw new Error(`PostgreSQL did not start: ${failure ?? said.join('\n')}`)
    if (performance.now() > until) {
      child.kill('SIGQUIT')
      throw new Error(`PostgreSQL was not ready after ${START_WITHIN_MS / 1000} s: ${said.join('\n')}`)
    }
    await after(LOOK_EVERY_MS)
  }
  child.unref()
  return child.pid ?? 0
}

/** Stops the server of this place in order: connections are ended, everything is written. Resolves when it is gone. */
export async function stopPostmaster(place: Place, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl speaks to the server by its own means.
    await runProgram(
      programPath(place.native, 'pg_ctl'),
      ['stop', '-D', place.dataDir, '-m', 'fast', '-w'],
      place.account,
    )
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isPostgres(pid)) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await isGone(pid)) return
  }
}

/** Waits for a server that is stopping by itself. */
export async function isGone(pid: number): Promise<boolean> {
  const until = performance.now() + STOP_WITHIN_MS
  while (isPostgres(pid)) {
    if (performance.now() > until) return false
    await after(LOOK_EVERY_MS)
  }
  return true
}

function isReady(dataDir: string, child: ChildProcess): boolean {
  const lock = readLockFile(dataDir)
  return lock !== undefined && lock.pid === child.pid && lock.ready
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

type Settings = Readonly<Record<string, string>>

function serverArguments(dataDir: string, port: number, others: Settings): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: '100',
    // Saves three worker processes that a small database does not need.
    io_method: 'sync',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...others,
  }
  return [
    '-D',
    dataDir,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
