import { relative, resolve } from 'node:path'
import { buildRelease } from './build/build-release.ts'
import { build } from './commands/build.ts'
import { createTerminalProgress } from './infra/terminal-progress.ts'
import type { Outcome } from './outcome.ts'

export interface BuildCommandOptions {
  readonly out?: string
  readonly source?: string
  readonly version?: string
  readonly json?: boolean
}

export interface BuildMachine {
  readonly nowMs: () => number
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal
}

/** `zones build` on this machine. */
export function runBuild(options: BuildCommandOptions, { nowMs, signal }: BuildMachine): Promise<Outcome> {
  const renderer = process.stderr.isTTY === true ? 'default' : 'simple'
  const at = (path: string | undefined) => (path === undefined ? undefined : resolve(path))
  return build(
    { json: options.json === true },
    {
      build: () =>
        buildRelease({
          source: at(options.source),
          out: at(options.out),
          version: options.version,
          progress: createTerminalProgress(renderer, process.stderr, nowMs),
          nowMs,
          signal,
        }),
      shown: (folder) => relative('', folder) || '.',
    },
  )
}
