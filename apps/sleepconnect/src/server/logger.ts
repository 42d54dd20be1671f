import { createLogger, type Logger } from '@sax/logging'
import { host } from '@sax/topology'
import type { Env } from './env.ts'

/** What the host says of itself. */
export function hostLogger({ RELEASE, LOG_LEVEL }: Pick<Env, 'RELEASE' | 'LOG_LEVEL'>): Logger {
  return createLogger({ service: host.name, release: RELEASE, level: LOG_LEVEL })
}
