import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryRoot } from '@sax/local/settings'

export interface ZonesCommand {
  readonly arguments: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Goes to its standard input, which then ends. */
  readonly input?: string
  /** Gets each line that it says of its work while it works. */
  readonly say?: (line: string) => void
  readonly signal?: AbortSignal
  /** Lets others go first: in a stage it runs on another computer than functions do. */
  readonly isElsewhere?: boolean
}

/** How a command ended, and all that it wrote. */
export interface ZonesAnswer {
  /** Null: a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command of this repository that did not do what it was asked. Its own words are in the message. */
export class ZonesCommandError extends Error {
  override readonly name = 'ZonesCommandError'
}

const ZONES = join(repositoryRoot, 'tools', 'zones', 'bin', 'zones.mjs')
const LAST_LINES = 12
const NICE = 10

/** Runs `zones`, as a person would, to its end, however it ends. */
export async function askZones(command: ZonesCommand): Promise<ZonesAnswer> {
  const { arguments: given, env, input = '', say, signal, isElsewhere = false } = command
  const child = spawn(process.execPath, [ZONES, ...given], { env, stdio: 'pipe', signal })
  if (isElsewhere && child.pid !== undefined) setPriority(child.pid, NICE)
  // One that ends before it has read everything says why by itself.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const stdout: Buffer[] = []
  const stderr: string[] = []
  child.stdout.on('data', (piece: Buffer) => stdout.push(piece))
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.trim() === '') return
    stderr.push(line)
    say?.(line)
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { exitCode, stdout: Buffer.concat(stdout).toString('utf8'), stderr: stderr.join('\n') }
}

/** Runs `zones` to its good end. What it wrote. @throws ZonesCommandError when it does not end well */
export async function runZones(command: ZonesCommand): Promise<string> {
  const { exitCode, stdout, stderr } = await askZones(command)
  if (exitCode === 0) return stdout
  const last = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  throw new ZonesCommandError(
    `zones ${command.arguments.join(' ')} ended with ${exitCode}:\n${last.slice(-LAST_LINES).join('\n')}`,
  )
}
