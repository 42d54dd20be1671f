import { randomUUID } from 'node:crypto'
import { createLogger } from '@sax/logging'
import { createApiFunction } from './api-function.ts'
import { apiFunctionEnv } from './env.ts'
import { openDatabase } from './store/database.ts'
import { iamToken } from './store/iam-token.ts'

const POSTGRES = 5432
/** A sandbox serves one request at a time, and no request needs more than one; the second is for one that is lost. */
const CONNECTIONS = 2

const settings = apiFunctionEnv()
const { release, logLevel, databaseHost: host, databaseName, databaseUser: user, region, credentials } = settings
const logger = createLogger({ service: 'outreach-api', release, level: logLevel })
const password = iamToken({ host, port: POSTGRES, user, region, credentials: () => credentials, nowMs: Date.now })

/** Entry of the function behind the HTTP API. */
export const handler = createApiFunction(settings, {
  database: openDatabase({
    address: { kind: 'proxy', host, port: POSTGRES, database: databaseName, user, password },
    logger,
    poolSize: CONNECTIONS,
  }),
  logger,
  newId: randomUUID,
  nowMs: () => performance.now(),
  fetch: globalThis.fetch,
  epochMs: Date.now,
})
