import { spawn } from 'node:child_process'
import type { RanProgram } from './check-ports.ts'

/** Runs a program to its end and keeps what it writes. A program that is not there has no exit code. */
export function runProgram(program: string, args: readonly string[], cwd: string): Promise<RanProgram> {
  return new Promise((resolve) => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString()
    child.once('error', ({ message }) => resolve({ exitCode: null, stdout: text(stdout), stderr: message }))
    child.once('close', (exitCode) => resolve({ exitCode, stdout: text(stdout), stderr: text(stderr) }))
  })
}
