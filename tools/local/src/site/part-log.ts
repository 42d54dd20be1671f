import { appendFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
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

export interface PartLog {
  /** Keeps a line of a part and shows it. `stream` decides the level of lines that do not name one. */
  write(line: string, stream: 'stdout' | 'stderr'): void
  /** The last lines, for a part that could not start. */
  tail(): string
}

/** The log of one part: every line as it came into `<logDir>/<part>.log`; the lines of the run before are kept beside it. */
export function openPartLog(logDir: string, part: string, show: (line: LogLine) => void, harmless?: RegExp): PartLog {
  mkdirSync(logDir, { recursive: true, mode: 0o711 })
  const path = join(logDir, `${part}.log`)
  if (existsSync(path)) renameSync(path, join(logDir, `${part}.previous.log`))
  const last: string[] = []
  return {
    write(line, stream) {
      if (line.trim() === '') return
      // Synchronous: whoever got an answer finds its line in the file.
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
      last.push(line)
      if (last.length > 15) last.shift()
      if (harmless?.test(line)) return
      show({ part, ...readable(line, stream) })
    },
    tail: () => last.map((line) => readable(line, 'stdout').text).join('\n'),
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
