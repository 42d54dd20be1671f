import { definition, type Property, type PropertyType, type ResourceSchema } from './resource-schemas.ts'

/** Whether a change of a property makes a new resource. */
export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always'

const STRICTNESS: readonly RequiresRecreation[] = ['Never', 'Conditionally', 'Always']

/**
 * Whether changing what lies at `path` (names and list positions below the properties) makes a new resource: the strictest
 * of what the schema says on the way.
 */
export function requiresRecreation(schema: ResourceSchema, path: readonly (string | number)[]): RequiresRecreation {
  const names = path.filter((part) => typeof part === 'string')
  const isListed = schema.alsoReplacing.some((listed) => listed.every((name, i) => names[i] === name))
  if (isListed) return 'Always'
  let known: Readonly<Record<string, Property>> | undefined = schema.properties
  let strictest: RequiresRecreation = 'Never'
  let type: PropertyType | undefined
  for (const part of path) {
    if (type === undefined) {
      const property: Property | undefined = known?.[String(part)]
      if (property === undefined) break
      strictest = stricter(strictest, ofProperty(property))
      type = property.type
    } else {
      type = type.type === 'array' || type.type === 'map' ? type.element : undefined
      if (type === undefined) break
    }
    if (type.type === 'ref') {
      known = definition(type.reference)
      type = undefined
    }
  }
  return strictest
}

function ofProperty({ causesReplacement }: Property): RequiresRecreation {
  return causesReplacement === 'yes' ? 'Always' : causesReplacement === 'maybe' ? 'Conditionally' : 'Never'
}

export function stricter(a: RequiresRecreation, b: RequiresRecreation): RequiresRecreation {
  return STRICTNESS.indexOf(a) >= STRICTNESS.indexOf(b) ? a : b
}
