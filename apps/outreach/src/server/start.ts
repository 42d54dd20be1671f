import { writeHopLog } from './hop-log.ts'
import { logger } from './logger.ts'

/** What a server process does before its first answer. @throws EnvError */
export function startServer(): void {
  writeHopLog({ logger: logger(), nowMs: () => performance.now() })
  logger().info('started', { pid: process.pid })
}
