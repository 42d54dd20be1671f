import type { SecretName } from '@sax/infra/secrets'
import type { SecretFields } from './stored-secret.ts'

/** Stored or intended fields by secret. Secrets without a value are left out. */
export type SecretsAtHand = Readonly<Partial<Record<SecretName, SecretFields>>>

/** Two places that hold one value. */
export interface SameValue {
  readonly first: { readonly name: SecretName; readonly field: string }
  readonly second: { readonly name: SecretName; readonly field: string }
}

/**
 * Places that hold the same value, which no two places should: who reads one secret could do what only another allows.
 * Fields that name no secret (`apiKeySid`) do not count.
 */
export function sameValues(secrets: SecretsAtHand): readonly SameValue[] {
  const places = (Object.entries(secrets) as readonly [SecretName, SecretFields][]).flatMap(([name, fields]) =>
    Object.entries(fields)
      .filter(([field]) => field !== 'apiKeySid')
      .map(([field, value]) => ({ name, field, value })),
  )
  return places.flatMap(({ value, ...first }, index) =>
    places
      .slice(index + 1)
      .filter((other) => other.value === value)
      .map(({ value: _, ...second }) => ({ first, second })),
  )
}

/**
 * True for the one pair that older systems share on purpose: the client secret that also signs the user context. It is
 * allowed where somebody asks for it, and reported.
 */
export function isLegacyPair({ first, second }: SameValue): boolean {
  return [first.name, second.name].sort().join() === ['auth0', 'user-context'].join()
}

/**
 * Why values may not be given as they are: one of `given` has a value in common with another secret. `legacyWanted`:
 * somebody has asked for the legacy pair.
 */
export function sharedValue(
  atHand: SecretsAtHand,
  given: ReadonlySet<SecretName>,
  legacyWanted: boolean,
): string | undefined {
  const [same] = sameValues(atHand).filter(
    (pair) => (given.has(pair.first.name) || given.has(pair.second.name)) && !(legacyWanted && isLegacyPair(pair)),
  )
  if (same === undefined) return undefined
  return isLegacyPair(same)
    ? 'The values of auth0 and user-context are the same: other zones would know the secret that the host signs people in with. Give user-context a value of its own (--generate user-context); for an older system that needs it so, say --same-as auth0.'
    : `The values of ${same.first.name} and ${same.second.name} are the same: who reads one could do what only the other allows. Give each a value of its own.`
}
