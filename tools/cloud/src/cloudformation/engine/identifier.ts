import { kindOf } from '../resources/all-kinds.ts'
import { resourceSchema } from '../schema/resource-schemas.ts'
import type { Definition, JsonObject } from './template.ts'

/**
 * The primary identifier that a template itself says: each part of it a property with a literal text. Undefined where a
 * part is read-only, made by a function, or not given.
 * @source AWS CloudFormation User Guide, "Import AWS resources into a CloudFormation stack automatically"
 */
export function literalIdentifier({ type, properties }: Definition): JsonObject | undefined {
  const names = resourceSchema(type)?.primaryIdentifier ?? []
  if (names.length === 0) return undefined
  const parts = names.map((name) => [name, properties[name]] as const)
  return parts.every(([, value]) => typeof value === 'string') ? Object.fromEntries(parts) : undefined
}

/** Names that identify a resource of a type that can be brought into a stack; undefined for other types. */
export function importIdentifier(type: string): readonly string[] | undefined {
  const names = resourceSchema(type)?.primaryIdentifier ?? []
  return kindOf(type)?.importable && names.length > 0 ? names : undefined
}
