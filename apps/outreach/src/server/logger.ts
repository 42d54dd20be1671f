import { createLogger, type Logger } from '@sax/logging'
import { outreach } from '@sax/topology'
import { env } from './env.ts'

let known: Logger | undefined

/** The zone's logger: one JSON object a line on standard output. */
export function logger(): Logger {
  known ??= createLogger({ service: outreach.name, release: env().RELEASE, level: env().LOG_LEVEL })
  return known
}
