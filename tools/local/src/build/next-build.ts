import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { inheritedEnvironment } from '../site/env.ts'
import { signalGroup } from '../site/process-group.ts'

/**
 * Builds one Next application.
 * @param signal ends the build, with everything it started, when it is aborted
 * @throws Error that quotes the last of what the build said, or says that it was stopped.
 */
export function nextBuild(root: string, application: string, signal?: AbortSignal): Promise<void> {
  const stopped = () => new Error(`the build of ${application} was stopped`)
  if (signal?.aborted) return Promise.reject(stopped())
  // Types that `next dev` wrote of routes that may be gone since; the build's type check would stumble over them.
  rmSync(join(root, 'apps', application, '.next', 'dev', 'types'), { recursive: true, force: true })
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: join(root, 'apps', application),
      env: { ...inheritedEnvironment(), NODE_ENV: 'production', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Who can stop it does so with its whole group; otherwise Ctrl-C in the terminal has to reach it.
      detached: signal !== undefined && process.platform !== 'win32',
    })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    // A half-made build is never taken for a whole one, so there is nothing to wait for.
    const stop = () => signalGroup(child, 'SIGKILL')
    signal?.addEventListener('abort', stop, { once: true })
    child.once('error', reject)
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code === 0) resolve()
      else reject(signal?.aborted ? stopped() : new Error(`${application} could not be built:\n${output}`))
    })
  })
}
