import type { SecretName } from '@sax/infra/secrets'
import { type SecretsAtHand, sharedValue } from './distinct-values.ts'
import { moment } from './duration.ts'
import { askedFields, type Given, generatedFields, pipedFields, type RandomBytes } from './given-values.ts'
import type { Person } from './person.ts'
import { fieldsOf, type StageSecrets } from './stage-secrets.ts'
import type { SecretFields } from './stored-secret.ts'
import type { ValueSource } from './value-sources.ts'

/** What `set` would do with one secret. */
export type Intention =
  | { readonly kind: 'keep'; readonly name: SecretName; readonly why: string }
  | {
      readonly kind: 'write'
      readonly name: SecretName
      readonly fields: SecretFields
      readonly source: ValueSource
      /** True when a value is lost by it. */
      readonly replaces: boolean
    }

export type Intentions =
  | { readonly kind: 'ok'; readonly intentions: readonly Intention[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'left' }

export interface IntentionRequest {
  readonly stage: string
  readonly sources: ReadonlyMap<SecretName, ValueSource>
  readonly secrets: StageSecrets
  readonly missingOnly: boolean
  readonly replace: boolean
}

export interface IntentionPorts {
  readonly person: Person
  readonly randomBytes: RandomBytes
}

/** Gathers the wanted values, each judged by itself, against what is stored and against the others. Writes nothing. */
export async function intendedValues(request: IntentionRequest, ports: IntentionPorts): Promise<Intentions> {
  const { sources, secrets } = request
  const stored = fieldsOf(secrets)
  const intentions: Intention[] = []
  // Auth0's comes first, for the signing secret may be told to be the same.
  const names = [...sources.keys()].sort((a, b) => Number(b === 'auth0') - Number(a === 'auth0'))
  for (const name of names) {
    const source = sources.get(name) ?? 'asked'
    const early = withoutAsking(name, source, request)
    if (early?.kind === 'refused') return early
    if (early !== undefined) {
      intentions.push(early)
      continue
    }
    const atHand = overlaid(stored, intentions)
    const given = await gather(name, source, atHand, ports)
    if (given.kind === 'left') return given
    if (given.kind === 'refused') return { kind: 'refused', reason: `The value of ${name} ${given.why}.` }
    const before = stored[name]
    if (before !== undefined && Object.entries(given.fields).every(([field, value]) => before[field] === value)) {
      intentions.push({ kind: 'keep', name, why: 'is this very value already' })
      continue
    }
    const replaces = secrets.get(name)?.current !== undefined
    if (replaces && !request.replace) return advice(name, request)
    intentions.push({ kind: 'write', name, fields: given.fields, source: given.made ? 'generated' : source, replaces })
  }
  const given = intentions.filter((one) => one.kind === 'write')
  const legacyWanted = given.some(({ source }) => source === 'auth0')
  const reason = sharedValue(overlaid(stored, intentions), new Set(given.map(({ name }) => name)), legacyWanted)
  return reason === undefined ? { kind: 'ok', intentions } : { kind: 'refused', reason }
}

/** What is decided before anybody is asked for anything. */
function withoutAsking(
  name: SecretName,
  source: ValueSource,
  { secrets, missingOnly, replace, stage }: IntentionRequest,
): Extract<Intention, { kind: 'keep' }> | Extract<Intentions, { kind: 'refused' }> | undefined {
  const current = secrets.get(name)?.current
  if (current === undefined || replace) return undefined
  // A made value that is there has been made: repeating the command changes nothing.
  if (missingOnly || source === 'generated') {
    return { kind: 'keep', name, why: `has had a value since ${moment(current.createdAtMs)}` }
  }
  return source === 'asked' ? advice(name, { secrets, stage }) : undefined
}

function advice(name: SecretName, { secrets, stage }: Pick<IntentionRequest, 'secrets' | 'stage'>) {
  const since = moment(secrets.get(name)?.current?.createdAtMs ?? 0)
  const reason = `${name} of ${stage} has had a value since ${since}. Change it without harm: npx zones secrets rotate ${stage} ${name}. To insist on replacing it, add --replace.`
  return { kind: 'refused', reason } as const
}

async function gather(
  name: SecretName,
  source: ValueSource,
  atHand: SecretsAtHand,
  ports: IntentionPorts,
): Promise<Given> {
  switch (source) {
    case 'asked':
      return askedFields(name, ports.person, ports.randomBytes)
    case 'piped':
      return pipedFields(name, await ports.person.piped())
    case 'generated':
      return { kind: 'given', fields: generatedFields(name, ports.randomBytes), made: true }
    case 'auth0': {
      const clientSecret = atHand.auth0?.clientSecret
      return clientSecret === undefined
        ? { kind: 'refused', why: "cannot be the same as auth0's, which has none; set auth0 first" }
        : { kind: 'given', fields: { current: clientSecret }, made: false }
    }
  }
}

function overlaid(stored: SecretsAtHand, intentions: readonly Intention[]): SecretsAtHand {
  const written = intentions.flatMap((one) => (one.kind === 'write' ? [[one.name, one.fields] as const] : []))
  return { ...stored, ...Object.fromEntries(written) }
}
