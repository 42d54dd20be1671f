import { CommanderError } from 'commander'
import pico from 'picocolors'
import { readEnv } from './env.ts'
import { type ChangeOutcome, exitCode, type Outcome } from './outcome.ts'
import type { CommandLine } from './program/command-line.ts'
import { zonesProgram } from './program/zones-program.ts'

// What only one command needs is loaded by that command: a browser's driver takes longer than most of them.
const env = readEnv()
const palette = pico.createColors(
  env.colour === 'always' || (env.colour === 'terminal' && process.stdout.isTTY === true),
)

const line: CommandLine = {
  env,
  palette,
  nowMs: () => performance.now(),
  finish: (outcome: Outcome | ChangeOutcome) => {
    if (outcome.kind !== 'bad-input' && outcome.text !== '') process.stdout.write(`${outcome.text}\n`)
    if (outcome.kind !== 'done' && outcome.reason !== '') process.stderr.write(`${outcome.reason}\n`)
    process.exitCode = exitCode(outcome)
  },
  machine: () => {
    const enough = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.abort())
    return { env, palette, signal: enough.signal }
  },
}

try {
  await zonesProgram(line).parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Commander has printed the help or what is wrong with the arguments. To whoever changes something, 2 means half-way.
  process.exitCode = error.exitCode === 0 ? 0 : changesSomething(process.argv.slice(2)) ? 1 : 2
}

function changesSomething([group = '', command = '']: readonly string[]): boolean {
  return (
    ['gate', 'deploy', 'promote', 'rollback', 'prune'].includes(group) ||
    (group === 'infra' && ['init', 'apply', 'baseline', 'runbook'].includes(command)) ||
    (group === 'secrets' && command !== 'check') ||
    (group === 'practices' && command === 'set')
  )
}
