import { UNKNOWN } from '../engine/unknown.ts'
import { definition, type Property, type PropertyType, type ResourceSchema } from './resource-schemas.ts'

/** What is wrong with properties, as CloudFormation words it: where, and what. Values that are known only later pass. */
export function propertyProblems(
  schema: ResourceSchema,
  properties: Readonly<Record<string, unknown>>,
): readonly string[] {
  return structureProblems(schema.properties, properties, '')
}

function structureProblems(
  known: Readonly<Record<string, Property>>,
  given: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const extraneous = Object.keys(given).filter((name) => !Object.hasOwn(known, name))
  const missing = Object.entries(known).filter(([name, { required }]) => required && given[name] === undefined)
  return [
    ...extraneous.map((name) => `#${path}: extraneous key [${name}] is not permitted`),
    ...missing.map(([name]) => `#${path}: required key [${name}] not found`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const property = known[name]
      if (property === undefined) return []
      const types = [property.type, ...(property.previousTypes ?? [])]
      return best(types.map((type) => valueProblems(type, value, `${path}/${name}`)))
    }),
  ]
}

function valueProblems(type: PropertyType, value: unknown, path: string): readonly string[] {
  if (value === UNKNOWN || type.type === 'json') return []
  if (typeof value === 'string' && value.includes(UNKNOWN)) return []
  switch (type.type) {
    case 'array':
      if (!Array.isArray(value)) return [expected('JSONArray', value, path)]
      return value.flatMap((item, i) => valueProblems(type.element, item, `${path}/${i}`))
    case 'map':
      if (!isObject(value)) return [expected('JSONObject', value, path)]
      return Object.entries(value).flatMap(([key, item]) => valueProblems(type.element, item, `${path}/${key}`))
    case 'ref':
      if (!isObject(value)) return [expected('JSONObject', value, path)]
      return structureProblems(definition(type.reference), value, path)
    case 'union':
      return best(type.types.map((one) => valueProblems(one, value, path)))
    case 'tag':
      return isObject(value) && typeof value.Key === 'string' && value.Value !== undefined
        ? []
        : [`#${path}: a tag has Key and Value`]
    case 'boolean':
      return value === true || value === false || value === 'true' || value === 'false'
        ? []
        : [expected('Boolean', value, path)]
    case 'number':
    case 'integer':
      return isNumber(value) ? [] : [expected('Number', value, path)]
    default:
      // CloudFormation takes numbers and flags where it wants a text.
      return typeof value === 'object' ? [expected('String', value, path)] : []
  }
}

/** The fewest problems of several readings: a value that fits one of them is right. */
function best(readings: readonly (readonly string[])[]): readonly string[] {
  return [...readings].sort((a, b) => a.length - b.length)[0] ?? []
}

function expected(type: string, value: unknown, path: string): string {
  const found = Array.isArray(value) ? 'JSONArray' : isObject(value) ? 'JSONObject' : typeof value
  return `#${path}: expected type: ${type}, found: ${found}`
}

function isNumber(value: unknown): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
