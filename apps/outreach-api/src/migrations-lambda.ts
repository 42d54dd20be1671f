import { createLogger } from '@sax/logging'
import { databaseAdministrator, secretsManager, storedSecret } from '@sax/stored-secrets'
import { migrationsFunctionEnv } from './env.ts'
import { createMigrationsFunction } from './migrations-function.ts'
import { migrationFiles } from './store/migrations.ts'

const settings = migrationsFunctionEnv()
const { release, logLevel, region, secretsEndpoint, credentials, databaseHost: host, databaseName: database } = settings
const logger = createLogger({ service: 'outreach-migrations', release, level: logLevel })
const nowMs = Date.now

/** Entry of the function that a release asks to change the database. Nobody reaches it but by `lambda:InvokeFunction`. */
export const handler = createMigrationsFunction({
  administrator: storedSecret({
    id: settings.adminSecretId,
    schema: databaseAdministrator,
    read: secretsManager({
      region,
      endpoint: secretsEndpoint,
      credentials: () => credentials,
      fetch: globalThis.fetch,
      nowMs,
    }),
    nowMs,
    logger,
  }),
  addressOf: ({ username: user, password }) => ({
    kind: 'cluster',
    host,
    port: 5432,
    database,
    user,
    password,
    authorities: settings.authorities,
  }),
  files: migrationFiles(settings.folder),
  logger,
})
