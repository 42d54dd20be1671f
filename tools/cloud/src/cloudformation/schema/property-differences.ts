import { isObject, type JsonObject } from '../engine/template.ts'
import { isSameValue } from '../engine/values.ts'
import { definition, type Property, type PropertyType, resourceSchema } from './resource-schemas.ts'

/** A place where a resource is not what its template says. */
export interface PropertyDrift {
  readonly path: string
  readonly expected: unknown
  readonly actual: unknown
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL'
}

/**
 * Where live properties differ from expected ones. What a template leaves open is not compared; but entries of a map or
 * list that nobody asked for are.
 * @source AWS CloudFormation User Guide, "Detect unmanaged configuration changes": only explicitly set values are compared
 */
export function propertyDifferences(type: string, expected: JsonObject, actual: JsonObject): readonly PropertyDrift[] {
  return ofStructure(resourceSchema(type)?.properties ?? {}, expected, actual, '')
}

function ofStructure(
  known: Readonly<Record<string, Property>>,
  expected: JsonObject,
  actual: JsonObject,
  path: string,
): readonly PropertyDrift[] {
  return Object.entries(expected).flatMap(([name, value]) =>
    ofValue(known[name]?.type ?? { type: 'json' }, value, actual[name], `${path}/${name}`),
  )
}

function ofValue(type: PropertyType, expected: unknown, actual: unknown, path: string): readonly PropertyDrift[] {
  if (actual === undefined) return isNothing(expected) ? [] : [{ path, expected, actual, kind: 'REMOVE' }]
  if (type.type === 'ref' && isObject(expected) && isObject(actual)) {
    return ofStructure(definition(type.reference), expected, actual, path)
  }
  if (type.type === 'map' && isObject(expected) && isObject(actual)) return ofMap(type.element, expected, actual, path)
  if (type.type === 'array' && Array.isArray(expected) && Array.isArray(actual)) {
    return ofList(type.element, expected, actual, path)
  }
  return isSameValue(expected, actual) ? [] : [{ path, expected, actual, kind: 'NOT_EQUAL' }]
}

function ofMap(
  element: PropertyType,
  expected: JsonObject,
  actual: JsonObject,
  path: string,
): readonly PropertyDrift[] {
  const added = Object.keys(actual).filter((name) => expected[name] === undefined)
  return [
    ...Object.entries(expected).flatMap(([name, value]) => ofValue(element, value, actual[name], `${path}/${name}`)),
    ...added.map((name) => ({
      path: `${path}/${name}`,
      expected: undefined,
      actual: actual[name],
      kind: 'ADD' as const,
    })),
  ]
}

/** Lists of simple values and of tags say nothing by their order. */
function ofList(
  element: PropertyType,
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
): readonly PropertyDrift[] {
  const isOrdered = element.type === 'ref' || element.type === 'json' || element.type === 'union'
  if (isOrdered && expected.length === actual.length) {
    return expected.flatMap((item, i) => ofValue(element, item, actual[i], `${path}/${i}`))
  }
  const isIn = (list: readonly unknown[], item: unknown) => list.some((other) => isSameValue(other, item))
  return [
    ...expected.flatMap((item, i) =>
      isIn(actual, item) ? [] : [{ path: `${path}/${i}`, expected: item, actual: undefined, kind: 'REMOVE' as const }],
    ),
    ...actual.flatMap((item, i) =>
      isIn(expected, item) ? [] : [{ path: `${path}/${i}`, expected: undefined, actual: item, kind: 'ADD' as const }],
    ),
  ]
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || value === '' || (isObject(value) && Object.keys(value).length === 0)
}
