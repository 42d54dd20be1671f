import { Option } from 'commander'
import type { Colors } from 'picocolors/types'
import type { Env } from '../env.ts'
import type { ChangeOutcome, Outcome } from '../outcome.ts'

/** What every command of the command line is given. */
export interface CommandLine {
  readonly env: Env
  readonly palette: Colors
  /** Milliseconds since some moment. */
  readonly nowMs: () => number
  /** The one way out: prints an outcome and sets the exit code. */
  readonly finish: (outcome: Outcome | ChangeOutcome) => void
  /** For a command that can be broken off: from now on Ctrl-C asks it to end instead of ending it. */
  readonly machine: () => { readonly env: Env; readonly palette: Colors; readonly signal: AbortSignal }
}

/** An option that may be given more than once. */
export function repeated(flags: string, description: string): Option {
  const collected = (value: string, all: readonly string[]) => [...all, value]
  return new Option(flags, `${description}; may be repeated`).argParser(collected).default([], 'none')
}
