import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMotoInstalled } from '@sax/cloud'
import { withPart } from '@sax/local/performance-parts'
import { removePostgresData } from '@sax/local/postgres'
import { repositoryRoot } from '@sax/local/settings'
import colors from 'picocolors'
import { type Rehearsal, startRehearsal } from './start-rehearsal.ts'

const PAGE = join(repositoryRoot, 'docs', 'performance.md')

/** What figures are taken with. */
export interface Taking<Name extends string> {
  readonly counts: Readonly<Record<Name, number>>
  /** Gets what is being done, line by line. */
  readonly say: (line: string) => void
  readonly nowMs: () => number
  readonly signal: AbortSignal
  /** Runs `work` in a stage that exists for it alone. */
  readonly inStage: <Result>(work: (stage: Rehearsal) => Promise<Result>) => Promise<Result>
}

/** Figures that were taken. */
export interface Taken {
  /** For who waits for them. */
  readonly text: string
  /** Part of docs/performance.md, Markdown. */
  readonly part: string
  /** False: what was measured is not as it has to be. */
  readonly isWell: boolean
}

/**
 * A command that takes figures in a stage of its own and writes them into a part of docs/performance.md. Sets the exit
 * code.
 * @param counts options that are whole numbers above 0, and what they are by default
 */
export async function writeFigures<Name extends string>(options: {
  readonly usage: string
  readonly part: 'load' | 'functions'
  readonly flag: 'load' | 'measure'
  readonly counts: Readonly<Record<Name, number>>
  readonly take: (taking: Taking<Name>) => Promise<Taken>
}): Promise<void> {
  const { usage, counts } = options
  const names = Object.keys(counts) as Name[]
  const { values } = parseArgs({
    options: {
      [options.flag]: { type: 'boolean' },
      help: { type: 'boolean' },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string', default: String(counts[name]) } as const])),
    },
  })
  const given = Object.fromEntries(names.map((name) => [name, Number(values[name])])) as Record<Name, number>
  if (values.help === true) {
    process.stdout.write(`${usage}\n`)
    return
  }
  if (!names.every((name) => Number.isInteger(given[name]) && given[name] > 0)) return refuse(usage)
  if (!isMotoInstalled())
    return refuse('moto_server is not installed; install it with: pip install "moto[server]==5.2.1"')
  const unwanted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => unwanted.abort())
  const say = (line: string) => void process.stderr.write(`${colors.dim(line)}\n`)
  const { signal } = unwanted
  try {
    const { text, part, isWell } = await options.take({
      ...{ counts: given, say, signal, nowMs: () => performance.now() },
      inStage: (work) => inStage(say, signal, work),
    })
    writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), options.part, part))
    process.stdout.write(`${text}\n\nWritten to docs/performance.md\n`)
    if (!isWell) process.exitCode = 1
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error))
  }
}

async function inStage<Result>(
  say: (line: string) => void,
  signal: AbortSignal,
  work: (stage: Rehearsal) => Promise<Result>,
): Promise<Result> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sax-figures-'))
  try {
    const rehearsal = await startRehearsal({ stage: 'develop', dataFolder, say, signal })
    try {
      return await work(rehearsal)
    } finally {
      await rehearsal.close()
    }
  } finally {
    removePostgresData(join(dataFolder, 'postgres'))
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 1
}
