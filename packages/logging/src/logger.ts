import { standardOutput } from './standard-output.ts'

/**
 * Everything a log line may say besides its message. An allow-list: a key that is not named here is dropped, so that
 * no name, e-mail, phone number, message body, token or cookie can reach a log by accident.
 */
export interface LogFields {
  readonly requestId?: string | undefined
  readonly method?: string | undefined
  /** Route pattern (`/templates/{id}`), or a pathname. Never with a query: searches hold names. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  readonly durationMs?: number | undefined
  /** From a patient's reply until a screen has it. The infrastructure makes a metric and an alarm of it. */
  readonly replyVisibleMs?: number | undefined
  readonly tenant?: string | undefined
  readonly practice?: string | undefined
  readonly saxId?: number | undefined
  /** Closed code of a refusal or failure. */
  readonly code?: string | undefined
  /** Class name of an unexpected error; its message is not logged, for it may quote data. */
  readonly errorName?: string | undefined
  /** Stack frames without the message line. */
  readonly stack?: string | undefined
  readonly zone?: string | undefined
  readonly behavior?: string | undefined
  readonly origin?: string | undefined
  readonly port?: number | undefined
  readonly url?: string | undefined
  readonly release?: string | undefined
  readonly count?: number | undefined
  readonly auth?: string | undefined
  readonly part?: string | undefined
  readonly pid?: number | undefined
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const ALLOWED = [
  'requestId',
  'method',
  'path',
  'status',
  'durationMs',
  'replyVisibleMs',
  'tenant',
  'practice',
  'saxId',
  'code',
  'errorName',
  'stack',
  'zone',
  'behavior',
  'origin',
  'port',
  'url',
  'release',
  'count',
  'auth',
  'part',
  'pid',
] as const satisfies readonly (keyof LogFields)[]

export interface LoggerOptions {
  /** Which hop writes: `edge`, `sleepconnect`, `outreach`, `outreach-api-routes`, `outreach-api`, … */
  readonly service: string
  /** Which release it runs; then every line says so. */
  readonly release?: string
  /** Default `info`. */
  readonly level?: LogLevel
  /** Gets each line with its line feed. Default: standard output. */
  readonly destination?: { write(line: string): void }
}

/** From the one that says most. */
const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/**
 * A logger that writes one JSON object a line: `{level, time (ISO 8601), service, release, message, …allowed fields}`.
 * It is made of nothing but this file: a logging library was a tenth of what a function does before its first answer.
 */
export function createLogger({
  service,
  release,
  level = 'info',
  destination = standardOutput,
}: LoggerOptions): Logger {
  const base = release === undefined ? { service } : { service, release }
  const write = (name: LogLevel) => {
    if (LEVELS.indexOf(name) < LEVELS.indexOf(level)) return () => undefined
    return (message: string, fields: LogFields = {}) => {
      const line = { level: name, time: new Date().toISOString(), ...base, ...allowed(fields), message }
      destination.write(`${JSON.stringify(line)}\n`)
    }
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** What may be said of an unexpected error: its class and where it was thrown, never its message. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error }
  // The stack repeats the message, and a message can have lines that look like frames.
  const frames = (error.stack ?? '')
    .replace(error.message, () => '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  return {
    errorName: error.name,
    stack: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  }
}

/** The allowed fields, each a plain value: an object under an allowed name could hold anything. */
function allowed(fields: LogFields): LogFields {
  const kept: Record<string, string | number> = {}
  for (const key of ALLOWED) {
    const value: unknown = fields[key]
    if (typeof value === 'number') kept[key] = value
    if (typeof value === 'string') kept[key] = WITH_QUERY.has(key) ? withoutQuery(value) : value
  }
  return kept
}

const WITH_QUERY: ReadonlySet<string> = new Set(['path', 'url'])

/** Searches travel in queries, and searches hold names. */
function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, '')
}
