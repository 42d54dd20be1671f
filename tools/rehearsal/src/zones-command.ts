import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryRoot } from '@sax/local/settings'

export interface ZonesCommand {
  readonly arguments: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Goes to its standard input, which then ends. */
  readonly input?: string
  /** Gets each line that it writes while it works. */
  readonly say?: (line: string) => void
  readonly signal?: AbortSignal
}

/** A command of this repository that did not do what it was asked. Its own words are in the message. */
export class ZonesCommandError extends Error {
  override readonly name = 'ZonesCommandError'
}

const ZONES = join(repositoryRoot, 'tools', 'zones', 'bin', 'zones.mjs')
const LAST_LINES = 12

/** Runs `zones`, as a person would, to its end. @throws ZonesCommandError when it does not end well */
export async function runZones({ arguments: given, env, input = '', say, signal }: ZonesCommand): Promise<void> {
  const child = spawn(process.execPath, [ZONES, ...given], { env, stdio: 'pipe', signal })
  // One that ends before it has read everything says why by itself.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const last: string[] = []
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      if (line.trim() === '') return
      last.push(line)
      if (last.length > LAST_LINES) last.shift()
      if (output === child.stderr) say?.(line)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new ZonesCommandError(`zones ${given.join(' ')} ended with ${code}:\n${last.join('\n')}`)
}
