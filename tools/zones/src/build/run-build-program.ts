import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { BuildError } from './build-error.ts'

export interface BuildProgram {
  /** What is being built, for messages. */
  readonly what: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Settings beside the few that every program needs. */
  readonly settings: Readonly<Record<string, string>>
  /** Folder for what it leaves behind. */
  readonly scratch: string
  /** Before Node: what the whole tree of processes is put under, for example to cut it off from the network. */
  readonly under?: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a program of the build, with an environment of its own: nothing that happens to be set on this machine can get
 * into a release. @throws BuildError `program`, quoting the last of what it said
 */
export function runBuildProgram({
  what,
  args,
  cwd,
  settings,
  scratch,
  under = [],
  signal,
}: BuildProgram): Promise<void> {
  const [program = process.execPath, ...rest] = [...under, process.execPath, ...args]
  return new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(program, rest, {
      cwd,
      env: {
        // The same Node for what looks it up by name.
        PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
        HOME: scratch,
        TMPDIR: scratch,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        CI: '1',
        TZ: 'UTC',
        LANG: 'C.UTF-8',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Who breaks it off does so with everything it started.
      detached: process.platform !== 'win32',
    })
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stop = () => {
      if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
    }
    signal?.addEventListener('abort', stop, { once: true })
    child.once('error', (cause) => reject(new BuildError('program', `${what} could not be started.`, { cause })))
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code === 0) resolve()
      else if (signal?.aborted) reject(new BuildError('program', `Building ${what} was broken off.`))
      else reject(new BuildError('program', `${what} could not be built. The last it said:\n${said.trim()}`))
    })
  })
}
