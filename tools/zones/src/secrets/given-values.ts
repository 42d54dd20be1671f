import type { SecretName } from '@sax/infra/secrets'
import type { Person } from './person.ts'
import { fieldOf, secretShapes } from './secret-shapes.ts'
import { type ParsedSecret, parseSecret, type SecretFields } from './stored-secret.ts'
import { faultOf } from './typed-value.ts'

export type Given =
  /** `made`: nobody typed it, it was generated here. */
  | { readonly kind: 'given'; readonly fields: SecretFields; readonly made: boolean }
  /** `why` completes "the value of <name> …". */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'left' }

/** Bytes of a generated value: more than HS256 and AES-256 can use. */
const GENERATED_BYTES = 48

export type RandomBytes = (count: number) => Uint8Array

/** A value that nobody has seen: 64 letters of base64url. */
export function generatedFields(name: SecretName, randomBytes: RandomBytes): SecretFields {
  return { [secretShapes[name].main]: Buffer.from(randomBytes(GENERATED_BYTES)).toString('base64url') }
}

/** What the person types, field by field. Where a value can be made here, typing nothing makes it. */
export async function askedFields(name: SecretName, person: Person, randomBytes: RandomBytes): Promise<Given> {
  const { main, extra, generated } = secretShapes[name]
  const ask = (key: string, emptyAllowed: boolean) => {
    const field = fieldOf(name, key)
    const hint = emptyAllowed && generated ? ' (press Enter to have one made)' : ''
    return person.hidden(`${name}: ${field.label}${hint}`, (value) =>
      emptyAllowed && value === '' ? undefined : faultOf(value, field),
    )
  }
  const first = await ask(main, generated)
  if (first === undefined) return { kind: 'left' }
  if (first === '') return { kind: 'given', fields: generatedFields(name, randomBytes), made: true }
  const given: Record<string, string> = { [main]: first }
  for (const [index, key] of extra.entries()) {
    const value = await ask(key, index === 0)
    if (value === undefined) return { kind: 'left' }
    if (value === '') break
    given[key] = value
  }
  return { kind: 'given', fields: given, made: false }
}

/** What was piped in: the value alone or, where there are several fields, a JSON record of those a person may give. */
export function pipedFields(name: SecretName, piped: string): Given {
  const { main, extra } = secretShapes[name]
  const parsed: ParsedSecret =
    extra.length > 0 && piped.startsWith('{') ? parseSecret(name, piped) : { kind: 'ok', fields: { [main]: piped } }
  if (parsed.kind === 'refused') return parsed
  for (const [key, value] of Object.entries(parsed.fields)) {
    if (key !== main && !extra.includes(key))
      return { kind: 'refused', why: `has a ${key}, which only a rotation writes` }
    const fault = faultOf(value, fieldOf(name, key))
    if (fault !== undefined) return { kind: 'refused', why: key === main ? fault : `has a ${key} that ${fault}` }
  }
  return { kind: 'given', fields: parsed.fields, made: false }
}
