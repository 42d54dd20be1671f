import { MIN_SECRET_BYTES, type SigningSecrets } from './signing-keys.ts'

/** Why stored signing secrets cannot be used. Closed set. */
export type StoredSecretsRefusal = 'not_json' | 'malformed' | 'too_short'

export type ParsedSigningSecrets =
  | { readonly kind: 'ok'; readonly secrets: SigningSecrets }
  | {
      readonly kind: 'refused'
      readonly code: StoredSecretsRefusal
      /** Name of the field that is wrong, where it is one. */
      readonly field?: keyof SigningSecrets
    }

const fields = ['current', 'next', 'previous'] as const

/**
 * The signing secrets that a store keeps as `{ "current": "…", "next"?: "…", "previous"?: "…" }`, each of at least 32
 * bytes. Other fields are passed over: a release from before they existed still starts when it is rolled back to.
 * Never throws, and no answer quotes the text, as a JSON parser's complaint does.
 */
export function parseSigningSecrets(text: string): ParsedSigningSecrets {
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch {
    return { kind: 'refused', code: 'not_json' }
  }
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return refused('malformed')
  const found: { -readonly [Field in keyof SigningSecrets]?: string } = {}
  for (const field of fields) {
    const value = (stored as Readonly<Record<string, unknown>>)[field]
    if (value === undefined) continue
    if (typeof value !== 'string') return refused('malformed', field)
    if (new TextEncoder().encode(value).length < MIN_SECRET_BYTES) return refused('too_short', field)
    found[field] = value
  }
  const { current, ...others } = found
  return current === undefined ? refused('malformed', 'current') : { kind: 'ok', secrets: { current, ...others } }
}

function refused(code: StoredSecretsRefusal, field?: keyof SigningSecrets): ParsedSigningSecrets {
  return { kind: 'refused', code, ...(field === undefined ? {} : { field }) }
}
