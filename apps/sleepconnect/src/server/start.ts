import { errorFields } from '@sax/logging'
import { logRequests } from './request-log.ts'
import { theSite } from './site.ts'

/** What a server process does before its first answer. @throws Error naming settings that are missing or wrong */
export function startServer(): void {
  const { env, logger } = theSite()
  logRequests(logger, () => performance.now())
  logger.info('started', { release: env.RELEASE, pid: process.pid })
}

/** Logs a request that failed by a fault of our own, without what the error says: it may quote data. */
export function reportFault(error: unknown, requestId: string | undefined, method: string): void {
  theSite().logger.error('unexpected error', { requestId, method, ...errorFields(error) })
}
