import type { DatabaseError } from 'pg'

/** Why migrations were not applied. Closed set. */
export type MigrationFailure = 'unknown' | 'changed' | 'failed'

const said: Readonly<Record<MigrationFailure, string>> = {
  unknown: 'is none of this release',
  changed: 'was changed after it had been applied; migrations are append-only, write a new one',
  failed: 'was refused by the database, and nothing of it was kept',
}

/**
 * A migration that was not applied. The message says where and, for what can quote nothing but the migration itself,
 * what PostgreSQL said; of errors about data it names table, column and constraint only.
 */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  readonly code: MigrationFailure
  constructor(code: MigrationFailure, migration: string, because = '') {
    super(`${migration} ${said[code]}${because === '' ? '' : `: ${because}`}`)
    this.code = code
  }

  static of(migration: string, error: DatabaseError): MigrationError {
    const { code: state = '', message, table, column, constraint } = error
    // Class 42 is about names and syntax. @source PostgreSQL manual, Appendix A "PostgreSQL Error Codes"
    const about = state.startsWith('42')
      ? [message]
      : Object.entries({ table, column, constraint }).flatMap(([what, name]) => (name ? [`${what} ${name}`] : []))
    return new MigrationError('failed', migration, [`SQLSTATE ${state}`, ...about].join(', '))
  }
}
