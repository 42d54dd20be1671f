import { spawn } from 'node:child_process'
import { suiteEnvironment } from './env.ts'

export interface ProgramRun {
  readonly exitCode: number | null
  /** All of its standard output. */
  readonly output: string
  /** Somebody stopped it; what would come next is not wanted either. */
  readonly interrupted: boolean
}

/** Runs `node ...args`, shows what it writes as it comes and keeps standard output. */
export function runProgram(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = []
    const child = spawn(process.execPath, args, {
      cwd: options.cwd,
      env: suiteEnvironment({ ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...options.env }),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk)
      process.stdout.write(chunk)
    })
    // Ctrl-C reaches the suite as well, which stops in its own time and takes its sites along; other signals reach us alone.
    const ignore = () => undefined
    const forward = () => child.kill('SIGINT')
    process.on('SIGINT', ignore)
    process.on('SIGTERM', forward)
    process.on('SIGHUP', forward)
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      process.off('SIGINT', ignore)
      process.off('SIGTERM', forward)
      process.off('SIGHUP', forward)
      resolve({
        exitCode,
        output: Buffer.concat(output).toString(),
        interrupted: signal === 'SIGINT' || exitCode === 130,
      })
    })
  })
}
