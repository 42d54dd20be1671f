import { spawn } from 'node:child_process'

export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end. Injected, so that what it says can be spelled in a test. */
export type RunProgram = (
  command: readonly [string, ...string[]],
  cwd: string,
  /** Variables on top of the environment. */
  added?: Readonly<Record<string, string>>,
  /** Gets what it writes to its standard output while it runs. Default: nobody does. */
  onOutput?: (text: string) => void,
) => Promise<ProgramResult>

/**
 * The real one. A program stopped by a signal counts as exit code 128.
 * @throws Error when the program cannot be started.
 */
export function programRunner(env: NodeJS.ProcessEnv): RunProgram {
  return ([file, ...args], cwd, added, onOutput) =>
    new Promise((resolve, reject) => {
      const child = spawn(file, args, { cwd, env: { ...env, ...added }, stdio: ['ignore', 'pipe', 'pipe'] })
      let stdout = ''
      let stderr = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk
        onOutput?.(chunk)
      })
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        stderr += chunk
      })
      child.on('error', reject)
      child.on('close', (code) => resolve({ exitCode: code ?? 128, stdout, stderr }))
    })
}
