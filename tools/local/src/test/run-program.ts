import { spawn } from 'node:child_process'
import { suiteEnvironment } from './env.ts'

export interface ProgramRun {
  readonly exitCode: number | null
  /** All of its standard output. */
  readonly output: string
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
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, output: Buffer.concat(output).toString() }))
  })
}
