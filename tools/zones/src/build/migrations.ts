import { type ManifestMigration, migrationKind } from '@sax/release'
import { BuildError } from './build-error.ts'
import { sha256 } from './digest.ts'

/** Migrations of a release with what each says of itself, and the one that it cannot do without. */
export function migrationsOf(files: readonly { readonly name: string; readonly sql: Uint8Array }[]): {
  readonly migrations: readonly ManifestMigration[]
  readonly needsMigration: string
} {
  const migrations = files.map(({ name, sql }): ManifestMigration => {
    const kind = migrationKind(name, Buffer.from(sql).toString('utf8'))
    if (kind === undefined) {
      throw new BuildError(
        'contents',
        `${name} does not say in its first line whether it is \`-- kind: expand\` or a contract.`,
      )
    }
    return { name, sha256: sha256(sql), ...kind }
  })
  // What a contract takes away is used by older releases only: the new one works with and without it.
  const needed = migrations.findLast(({ kind }) => kind === 'expand')
  if (needed === undefined) throw new BuildError('contents', 'There is no migration that a release could need.')
  return { migrations, needsMigration: needed.name }
}
