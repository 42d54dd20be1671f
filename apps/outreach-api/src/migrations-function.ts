import { errorFields, type Logger } from '@sax/logging'
import { type ReleaseEvent, releaseEvents, type SettingsEvent, settingsEvents } from '@sax/release'
import type { StoredSecret } from '@sax/stored-secrets'
import * as z from 'zod'
import {
  type AdministratorAddress,
  type AdministratorClient,
  asAdministrator,
  isSignInRefused,
} from './store/administrator.ts'
import { MigrationError } from './store/migration-error.ts'
import { appliedMigrations, applyMigrations, inTurn, type MigrationFile } from './store/migrations.ts'
import { prepareVerification } from './store/prepare-verification.ts'
import { readNumbers, readTenantSettings, writeTenantSettings } from './store/tenant-settings.ts'

export interface Administrator {
  readonly username: string
  readonly password: string
}

export interface MigrationsFunctionPorts {
  readonly administrator: StoredSecret<Administrator>
  readonly addressOf: (administrator: Administrator) => AdministratorAddress
  /** The release's own migrations, in order. */
  readonly files: readonly MigrationFile[]
  readonly logger: Logger
}

const known = z.union([releaseEvents, settingsEvents])

/** Answers one event, in the shapes of `@sax/release`. Rejects with what went wrong; Lambda hands name and message on. */
export type MigrationsFunction = (event: unknown, context: { readonly awsRequestId: string }) => Promise<unknown>

/** The function that changes the database of a stage, one event at a time, as its administrator. */
export function createMigrationsFunction(ports: MigrationsFunctionPorts): MigrationsFunction {
  const { files, logger } = ports
  const answer = (event: ReleaseEvent | SettingsEvent, requestId: string): Promise<unknown> => {
    switch (event.sax) {
      case 'migrations-status':
        return withDatabase(ports, async (client) => {
          const applied = await appliedMigrations(client)
          const known = new Set(applied.map(({ name }) => name))
          return { applied, pending: files.map(({ name }) => name).filter((name) => !known.has(name)) }
        })
      case 'migrations-apply':
        return withDatabase(ports, (client) =>
          inTurn(client, async () => {
            const applied = await applyMigrations(client, files, event.names)
            logger.info('migrations applied', { requestId, count: applied.length })
            return { applied }
          }),
        )
      case 'prepare-verification':
        return withDatabase(ports, (client) =>
          inTurn(client, async () => {
            await prepareVerification(client)
            return {}
          }),
        )
      case 'tenant-settings-read':
        return withDatabase(ports, (client) =>
          inTurn(client, async () => ({ settings: (await readTenantSettings(client, event.tenantId)) ?? null })),
        )
      case 'numbers-read':
        return withDatabase(ports, (client) => inTurn(client, () => readNumbers(client)))
      case 'tenant-settings-write':
        return withDatabase(ports, (client) =>
          inTurn(client, async () => {
            const written = await writeTenantSettings(client, event.settings, event.plan)
            const count = written.kind === 'refused' ? written.reasons.length : written.changes.length
            logger.info(`tenant settings ${written.kind}`, { requestId, tenant: event.settings.tenant.id, count })
            return written
          }),
        )
      default:
        throw new TypeError(`migrations do not answer ${event.sax}`)
    }
  }
  return async (event, { awsRequestId }) => {
    const parsed = known.safeParse(event)
    if (!parsed.success)
      throw new TypeError('migrations answer events of a release, and of the settings of tenants, and no others')
    try {
      return await answer(parsed.data, awsRequestId)
    } catch (error) {
      const code = error instanceof MigrationError ? error.code : undefined
      logger.error('migrations failed', { requestId: awsRequestId, code, ...errorFields(error) })
      throw error
    }
  }
}

/** A password that was rotated a moment ago is refused once. */
async function withDatabase<R>(
  { administrator, addressOf }: MigrationsFunctionPorts,
  work: (client: AdministratorClient) => Promise<R>,
): Promise<R> {
  const known = await administrator.get()
  try {
    return await asAdministrator(addressOf(known), work)
  } catch (error) {
    if (!isSignInRefused(error)) throw error
    const current = await administrator.refresh()
    if (current === known) throw error
    return asAdministrator(addressOf(current), work)
  }
}
