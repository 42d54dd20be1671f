import { errorFields } from '@sax/logging'
import { logRequests } from './request-log.ts'
import { type Site, theSite } from './site.ts'

/** What a server process does before its first answer. Settings that are missing or wrong end it. */
export function startServer(): void {
  const { logger } = siteOrExit()
  logRequests(logger, () => performance.now())
  logger.info('started', { pid: process.pid })
}

/** Logs a request that failed by a fault of our own, without what the error says: it may quote data. */
export function reportFault(error: unknown, requestId: string | undefined, method: string): void {
  theSite().logger.error('unexpected error', { requestId, method, ...errorFields(error) })
}

/** Next would log the error, keep the port and answer every request with 500; a process that is gone is noticed at once. */
function siteOrExit(): Site {
  try {
    return theSite()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
