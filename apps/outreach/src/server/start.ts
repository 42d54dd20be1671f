import { env } from './env.ts'
import { writeHopLog } from './hop-log.ts'
import { logger } from './logger.ts'

/** What a server process does before its first answer. @throws EnvError */
export function startServer(): void {
  const { RELEASE: release } = env()
  writeHopLog({ logger: logger(), nowMs: () => performance.now() })
  logger().info('started', { release, pid: process.pid })
}
