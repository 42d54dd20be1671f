/** `expand` only adds: releases before it go on. `contract` takes away what they may still use. */
export type MigrationKind =
  | { readonly kind: 'expand' }
  /** `safeFrom`: the first migration whose releases no longer use what is taken away. */
  | { readonly kind: 'contract'; readonly safeFrom: string }

/** Name of a migration's file, for example `0005_conversations.sql`. Their order is the order of application. */
export const MIGRATION_FILE = /^\d{4}_\w+\.sql$/

/**
 * Written before migrations said their kind. They cannot be told to: databases know the digest of every file that was
 * applied to them, and refuse one that was changed.
 */
const EXPANDED_BEFORE: ReadonlySet<string> = new Set([
  '0001_tenants_and_people.sql',
  '0002_patients.sql',
  '0003_templates.sql',
  '0004_requests.sql',
])

const FIRST_LINE = /^-- kind: (?:(expand)|contract, safe from (\d{4}_\w+\.sql))\r?(?:\n|$)/

/**
 * What a migration says of itself in its first line, `-- kind: expand` or `-- kind: contract, safe from 0007_name.sql`;
 * undefined when it says nothing that is understood.
 */
export function migrationKind(name: string, sql: string): MigrationKind | undefined {
  if (EXPANDED_BEFORE.has(name)) return { kind: 'expand' }
  const [, expand, safeFrom] = FIRST_LINE.exec(sql) ?? []
  if (expand !== undefined) return { kind: 'expand' }
  return safeFrom === undefined ? undefined : { kind: 'contract', safeFrom }
}
