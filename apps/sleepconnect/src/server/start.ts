import { errorFields, type Logger } from '@sax/logging'
import { readEnv } from './env.ts'
import { hostLogger } from './logger.ts'
import { logRequests } from './request-log.ts'

// Bundled apart from the pages and the proxy. It takes no more of the site than its settings: the sign-in SDK would be
// read and run a third time before the first answer.

/** What a server process does before its first answer. Settings that are missing or wrong end it. */
export function startServer(): void {
  const logger = loggerOrExit()
  logRequests(logger, () => performance.now())
  logger.info('started', { pid: process.pid })
}

/** Logs a request that failed by a fault of our own, without what the error says: it may quote data. */
export function reportFault(error: unknown, requestId: string | undefined, method: string): void {
  hostLogger(readEnv()).error('unexpected error', { requestId, method, ...errorFields(error) })
}

/** Next would log the error, keep the port and answer every request with 500; a process that is gone is noticed at once. */
function loggerOrExit(): Logger {
  try {
    return hostLogger(readEnv())
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
