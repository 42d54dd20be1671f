import { join } from 'node:path'
import { createLogger } from '@sax/logging'
import { migrationEnv } from './env.ts'
import { migrateDatabase } from './store/migrate-database.ts'

const folder = join(import.meta.dirname, '..', 'migrations')
const applied = await migrateDatabase({ ...migrationEnv(), folder })
createLogger({ service: 'outreach-api-migrate' }).info('migrated', { count: applied.length })
