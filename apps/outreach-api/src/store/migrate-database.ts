import { asAdministrator } from './administrator.ts'
import { changeRoles } from './change-roles.ts'
import { applyMigrations, inTurn, migrationFiles } from './migrations.ts'

export interface MigrationOptions {
  /** Connection string of an administrator of the database. */
  readonly adminUrl: string
  /** Password that `app_user`, the role the API signs in with, gets. */
  readonly appUserPassword: string
  /** Folder of the `NNNN_name.sql` files. */
  readonly folder: string
}

/**
 * Brings a laptop's database to the newest migration and answers the names of those it applied, in order. Several
 * processes may do so at once: they wait for one another, and the later ones find nothing to do.
 * @throws as `applyMigrations` does.
 */
export function migrateDatabase({ adminUrl, appUserPassword, folder }: MigrationOptions): Promise<readonly string[]> {
  const files = migrationFiles(folder)
  const names = files.map(({ name }) => name)
  return asAdministrator({ kind: 'url', url: adminUrl }, (client) =>
    inTurn(client, async () => {
      await changeRoles(client, `alter role app_user password ${client.escapeLiteral(appUserPassword)}`)
      return applyMigrations(client, files, names)
    }),
  )
}
