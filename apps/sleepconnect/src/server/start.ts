import { logRequests } from './request-log.ts'
import { theSite } from './site.ts'

/** What a server process does before its first answer. @throws Error naming settings that are missing or wrong */
export function startServer(): void {
  const { env, logger } = theSite()
  logRequests(logger, () => performance.now())
  logger.info('started', { release: env.RELEASE, pid: process.pid })
}
