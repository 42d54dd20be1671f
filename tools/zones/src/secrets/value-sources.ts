import { type SecretName, secretNames } from '@sax/infra/secrets'
import { secretShapes } from './secret-shapes.ts'

/** Where a value comes from. `auth0`: it is the same as Auth0's client secret. */
export type ValueSource = 'asked' | 'piped' | 'generated' | 'auth0'

export interface SourceArguments {
  /** Empty, and nothing named by an option: every secret that has no value yet. */
  readonly names: readonly string[]
  readonly stdin?: string | undefined
  readonly generate: readonly string[]
  readonly sameAs?: string | undefined
}

export type ValueSources =
  | { readonly kind: 'ok'; readonly sources: ReadonlyMap<SecretName, ValueSource>; readonly missingOnly: boolean }
  | { readonly kind: 'refused'; readonly why: string }

/** Which values are wanted and where each comes from. No refusal repeats an argument: it may be a value given in error. */
export function valueSources({ names, stdin, generate, sameAs }: SourceArguments): ValueSources {
  const optional: readonly (readonly [string, ValueSource])[] = [
    ...(stdin === undefined ? [] : [[stdin, 'piped'] as const]),
    ...generate.map((name) => [name, 'generated'] as const),
    ...(sameAs === undefined ? [] : [['user-context', 'auth0'] as const]),
  ]
  const named = [...names, ...optional.map(([name]) => name)]
  if (!named.every(isSecretName)) {
    return refused(
      `One of the names is no secret's; there are ${secretNames.join(', ')}. A value is never an argument: it is asked for, or piped in with --stdin <name>.`,
    )
  }
  if (sameAs !== undefined && sameAs !== 'auth0') {
    return refused('--same-as takes auth0 alone: older systems sign the user context with its client secret.')
  }
  if (new Set(optional.map(([name]) => name)).size !== optional.length) {
    return refused('A secret has its value from one place: give one of --stdin, --generate and --same-as for it.')
  }
  if (!generate.filter(isSecretName).every((name) => secretShapes[name].generated)) {
    return refused(
      `--generate is for ${secretNames.filter((name) => secretShapes[name].generated).join(' and ')}; the other values are made by Auth0 and by the carrier.`,
    )
  }
  const wanted = named.length === 0 ? secretNames : named.filter(isSecretName)
  const source = (name: SecretName): ValueSource => optional.find(([given]) => given === name)?.[1] ?? 'asked'
  return {
    kind: 'ok',
    sources: new Map(wanted.map((name) => [name, source(name)])),
    missingOnly: named.length === 0,
  }
}

export function isSecretName(name: string): name is SecretName {
  return (secretNames as readonly string[]).includes(name)
}

function refused(why: string): ValueSources {
  return { kind: 'refused', why }
}
