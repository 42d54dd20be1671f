import type { Tag } from '@aws-sdk/client-cloudformation'
import { resourceSchema } from '../schema/resource-schemas.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { type Definition, isObject, type JsonObject } from './template.ts'

/** The properties that a resource gets: those of the template with all values, and the stack's tags where it takes tags. */
export function effectiveProperties(definition: Definition, scope: Scope, stackTags: readonly Tag[]): JsonObject {
  const own = evaluate(definition.properties, scope)
  const properties = isObject(own) ? own : {}
  const tagProperty = resourceSchema(definition.type)?.tagProperty
  if (tagProperty === undefined || stackTags.length === 0) return properties
  const given = (properties[tagProperty] ?? []) as readonly { readonly Key: string }[]
  const inherited = stackTags.filter(({ Key }) => !given.some((tag) => tag.Key === Key))
  return { ...properties, [tagProperty]: [...given, ...inherited.map(({ Key, Value }) => ({ Key, Value }))] }
}
