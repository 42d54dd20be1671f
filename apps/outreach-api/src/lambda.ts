import { randomUUID } from 'node:crypto'
import { httpRequest } from '@sax/http-request'
import { createLogger, standardOutput } from '@sax/logging'
import { createApiFunction } from './api-function.ts'
import { apiFunctionEnv } from './env.ts'
import { openDatabase } from './store/database.ts'
import { iamToken } from './store/iam-token.ts'

const POSTGRES = 5432
/** A sandbox serves one request at a time, and no request needs more than one; the second is for one that is lost. */
const CONNECTIONS = 2

const settings = apiFunctionEnv()
const { release, logLevel, databaseHost: host, databaseName, databaseUser: user, region, credentials } = settings
/** What a function asks itself while it starts is no request of anybody's. */
let isStarting = true
const destination = { write: (line: string) => void (isStarting || standardOutput.write(line)) }
const logger = createLogger({ service: 'outreach-api', release, level: logLevel, destination })
const password = iamToken({ host, port: POSTGRES, user, region, credentials: () => credentials, nowMs: Date.now })

const api = createApiFunction(settings, {
  database: openDatabase({
    address: { kind: 'proxy', host, port: POSTGRES, database: databaseName, user, password },
    logger,
    poolSize: CONNECTIONS,
  }),
  logger,
  newId: randomUUID,
  nowMs: () => performance.now(),
  fetch: httpRequest,
  epochMs: Date.now,
})
// A function has a whole processor while it starts, and a share of one when somebody waits for its first answer.
await api.start()
isStarting = false

/** Entry of the function behind the HTTP API. */
export const { handler } = api
