import { spawn } from 'node:child_process'
import type { Account } from './account.ts'
import { systemEnvironment } from './env.ts'

export interface Finished {
  /** Null when a signal ended it or it could not be started. */
  readonly exitCode: number | null
  /** The last 4,000 characters of both outputs together. */
  readonly output: string
}

/** Runs a program of PostgreSQL to its end. Never throws: what could not be started is told in `output`. */
export function runProgram(path: string, args: readonly string[], account: Account): Promise<Finished> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(path, args, {
      ...account,
      cwd: account.uid === undefined ? undefined : '/',
      env: systemEnvironment(),
    })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => resolve({ exitCode: null, output: error.message }))
    child.once('close', (exitCode) => resolve({ exitCode, output }))
  })
}
