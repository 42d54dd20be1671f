import type { Manifest, ManifestMigration } from '@sax/release'

/** What the database says of itself. Undefined where nobody could be asked yet. */
export type AppliedMigrations = readonly { readonly name: string; readonly sha256: string }[]

/** A release that a rollback may go back to, as far as the database concerns it. */
export interface KeptRelease {
  readonly release: string
  readonly needsMigration: string
}

export interface MigrationPlan {
  /** In order. They only add. */
  readonly apply: readonly string[]
  /** They take away what a kept release may still use, and stay until it is no longer kept. */
  readonly postponed: readonly { readonly name: string; readonly because: string }[]
  /** Why the release cannot be served by this database, a clause each. */
  readonly refusals: readonly string[]
}

/** What a release would do to a database. Names sort in the order they are applied. */
export function planMigrations(
  { migrations, needsMigration, release }: Pick<Manifest, 'migrations' | 'needsMigration' | 'release'>,
  applied: AppliedMigrations,
  known: readonly ManifestMigration[],
  kept: readonly KeptRelease[],
): MigrationPlan {
  const done = new Map(applied.map(({ name, sha256 }) => [name, sha256]))
  const refusals = migrations
    .filter(({ name, sha256 }) => done.has(name) && done.get(name) !== sha256)
    .map(({ name }) => `${name} was applied with another content than the release has`)
  const pending = migrations.filter(({ name }) => !done.has(name))
  const apply: string[] = []
  const postponed: { name: string; because: string }[] = []
  for (const one of pending) {
    const inNeed = one.kind === 'contract' ? kept.filter((other) => !canDoWithout(other, one)) : []
    if (inNeed.length === 0) apply.push(one.name)
    else
      postponed.push({ name: one.name, because: `${inNeed.map((other) => other.release).join(', ')} may still use it` })
  }
  const [blocking] = postponed.filter(({ name }) => name <= needsMigration)
  if (blocking !== undefined) {
    refusals.push(`${release} needs ${needsMigration}, and ${blocking.name} cannot be applied: ${blocking.because}`)
  }
  const after = new Set([...done.keys(), ...apply])
  if (blocking === undefined && !after.has(needsMigration)) {
    refusals.push(`${release} needs ${needsMigration}, which neither the database nor the release has`)
  }
  return {
    apply,
    postponed,
    refusals: [...refusals, ...unserved({ release, needsMigration }, applied, known, migrations)],
  }
}

/**
 * Why the database as it is cannot serve a release, a clause each. Empty: it can.
 * @param known migrations of every artefact that is kept: only they say what an applied one takes away
 */
export function databaseRefusals(
  wanted: KeptRelease & { readonly migrations: readonly ManifestMigration[] },
  applied: AppliedMigrations,
  known: readonly ManifestMigration[],
): readonly string[] {
  const missing = applied.some(({ name }) => name === wanted.needsMigration)
    ? []
    : [`${wanted.release} needs ${wanted.needsMigration}, which the database does not have`]
  return [...missing, ...unserved(wanted, applied, known, wanted.migrations)]
}

function unserved(
  wanted: KeptRelease,
  applied: AppliedMigrations,
  known: readonly ManifestMigration[],
  own: readonly ManifestMigration[],
): readonly string[] {
  const byName = new Map([...known, ...own].map((one) => [one.name, one]))
  return applied.flatMap(({ name }) => {
    const one = byName.get(name)
    if (one === undefined) return [`the database has ${name}, and no kept release says what it does`]
    if (one.kind === 'expand' || canDoWithout(wanted, one)) return []
    return [`${name} took away what ${wanted.release} uses (it is safe from ${one.safeFrom ?? 'no release'} on)`]
  })
}

/** A contract migration without `safeFrom` is safe for nobody who does not bring it along. */
function canDoWithout({ needsMigration }: KeptRelease, { name, safeFrom }: ManifestMigration): boolean {
  return needsMigration >= (safeFrom ?? name)
}
