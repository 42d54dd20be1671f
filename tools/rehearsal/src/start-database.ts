import { join } from 'node:path'
import { endWithUs } from '@sax/cloud/end-with-us'
import { startPostgres } from '@sax/local/postgres'
import type { Listening } from './loopback.ts'
import { type Administration, administer } from './postgres/administration.ts'
import {
  type DatabaseEndpoint,
  type DatabaseEndpointsOptions,
  startDatabaseEndpoints,
} from './postgres/database-endpoints.ts'

export interface StageDatabaseOptions
  extends Pick<DatabaseEndpointsOptions, 'authority' | 'keys' | 'region' | 'newNonce' | 'endpointOf'> {
  readonly dataDir: string
  readonly password: string
  readonly log: (line: string) => void
}

export interface RunningDatabase {
  readonly endpoints: Listening
  readonly administration: Administration
  readonly close: () => Promise<void>
}

/** Wished port of PostgreSQL; another is taken when it is busy. */
const WISHED_PORT = 54_429

/** PostgreSQL on loopback, and the endpoints of RDS before it. @throws Error that quotes what PostgreSQL said */
export async function startDatabase(options: StageDatabaseOptions): Promise<RunningDatabase> {
  const { dataDir, password, log, newNonce, ...rest } = options
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: WISHED_PORT, password, log })
  const callOff = endWithUs(postgres.pid, 'INT')
  const stop = async (): Promise<void> => {
    await callOff()
    await postgres.stop()
  }
  try {
    const administration = await administer({ port: postgres.port, password, newNonce })
    const endpoints = await startDatabaseEndpoints({
      ...{ ...rest, administration, databasePort: postgres.port, newNonce },
      onRefusal: ({ kind, host }: DatabaseEndpoint, why) => log(`sign-in at the ${kind} ${host} refused: ${why}`),
    })
    return {
      endpoints,
      administration,
      close: async () => {
        await endpoints.close()
        administration.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
