import { appendFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

export type Level = 'debug' | 'info' | 'warn' | 'error'

export interface LogLine {
  readonly part: string
  readonly level: Level
  readonly text: string
}

const jsonLine = z.looseObject({ level: z.enum(['debug', 'info', 'warn', 'error']), message: z.string() })

/** Fields worth a place on the console, in this order. */
const SHOWN = ['method', 'path', 'status', 'durationMs', 'code', 'errorName', 'origin', 'port', 'requestId'] as const

/** Frames of a stack and empty fields of an error, which would crowd its reason out of the last lines. */
const SAYS_LITTLE = /^\s+at |: undefined,?$/

export interface PartLog {
  /** Keeps a line of a part and shows it. `stream` decides the level of lines that do not name one. */
  write(line: string, stream: 'stdout' | 'stderr'): void
  /** The last lines that say something, for a part that could not start. */
  tail(): string
}

/** The log of one part: every line as it came into `<logDir>/<part>.log`; the lines of the run before are kept beside it. */
export function openPartLog(logDir: string, part: string, show: (line: LogLine) => void, harmless?: RegExp): PartLog {
  mkdirSync(logDir, { recursive: true, mode: 0o711 })
  const path = join(logDir, `${part}.log`)
  if (existsSync(path)) renameSync(path, join(logDir, `${part}.previous.log`))
  const last: string[] = []
  let lost = false
  return {
    write(line, stream) {
      if (line.trim() === '') return
      if (!SAYS_LITTLE.test(line)) last.push(line)
      if (last.length > 15) last.shift()
      if (!harmless?.test(line)) show({ part, ...readable(line, stream) })
      const failure = appended(path, line)
      if (failure !== undefined && !lost)
        show({ part, level: 'warn', text: `${path} cannot be written (${failure}); lines are lost` })
      lost = failure !== undefined
    },
    tail: () => last.map((line) => readable(line, 'stdout').text).join('\n'),
  }
}

/**
 * Adds a line to a file and answers why it could not. Synchronous: whoever got an answer finds its line in the file.
 * A full disk or a folder that somebody cleaned away is no reason to end the site.
 */
function appended(path: string, line: string): string | undefined {
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o711 })
    appendFileSync(path, `${line}\n`, { mode: 0o600 })
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

function readable(line: string, stream: 'stdout' | 'stderr'): { level: Level; text: string } {
  const parsed = line.startsWith('{') ? jsonLine.safeParse(parseJson(line)) : undefined
  if (!parsed?.success) return { level: stream === 'stderr' ? 'warn' : 'info', text: line }
  const { level, message, ...fields } = parsed.data
  const shown = SHOWN.flatMap((name) => (fields[name] === undefined ? [] : [`${name}=${String(fields[name])}`]))
  return { level, text: [message, ...shown].join(' ') }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
