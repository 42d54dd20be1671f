import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { createLogger, errorFields } from '@sax/logging'
import { createCaching } from './caching/caching.ts'
import { createEdge } from './edge.ts'
import { readEnvironment } from './env.ts'
import { prepareTrustedFunction } from './function-runtime/run-trusted-function.ts'
import { laptopAddresses, laptopDistributions, laptopOrigins } from './on-laptop.ts'
import { passUpgrades } from './upgrade.ts'
import { createViewerServer } from './viewer-server.ts'

const GRACE_MS = 2500

const env = readEnvironment()
const log = createLogger({ service: 'edge', level: env.LOG_LEVEL })
const distributions = laptopDistributions(env)
const edge = createEdge({
  distributions,
  addresses: laptopOrigins(distributions, laptopAddresses(env), env.EDGE_RESPONSE_TIMEOUT_SEC),
  caching: createCaching({ maxBytes: env.EDGE_CACHE_BYTES, nowMs: Date.now }),
  // The template's functions are this repository's own.
  prepareFunction: prepareTrustedFunction,
  protocol: env.EDGE_VIEWER_PROTOCOL,
  log,
  newId: randomUUID,
  nowMs: () => performance.now(),
})

const servers = [env.EDGE_HOST_PORT, env.EDGE_OUTREACH_PORT].map((port) => {
  const server = createViewerServer(edge, (error) => log.error('request failed', errorFields(error)))
  if (env.EDGE_WEBSOCKETS === 'on') passUpgrades(server, edge)
  server.on('error', (error) => {
    log.error('cannot listen', { port, ...errorFields(error) })
    process.exit(1)
  })
  server.listen(port, '127.0.0.1', () => log.info('listening', { port, release: env.RELEASE }))
  return server
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void Promise.all(servers.map(close)).then(() => process.exit(0))
  })
}

/** Lets running requests finish, but not for ever. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
  })
}
