import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { SynthesizedResource } from './synthesized.ts'

const spec = loadAwsServiceSpecSync()

/** An attribute of another resource that a property is made from. */
export interface AttributeUse {
  /** `Vpc.CidrBlock`: logical id and property that take it. */
  readonly taker: string
  readonly targetType: string
  readonly attribute: string
}

type Resources = Readonly<Record<string, Pick<SynthesizedResource, 'Type' | 'Properties'>>>

/**
 * Every attribute of a resource that can be updated in place, where it feeds a property that cannot. A change set says of
 * the taker that it may be replaced whenever the other is updated, although the value stays the same.
 */
export function attributesInCreateOnly(resources: Resources): readonly AttributeUse[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    Object.entries(Properties)
      .filter(([name]) => isCreateOnly(Type, name))
      .flatMap(([name, value]) =>
        attributesIn(value).flatMap(([target, attribute]) => {
          const targetType = resources[target]?.Type
          if (targetType === undefined || !canBeUpdated(targetType)) return []
          return [{ taker: `${id}.${name}`, targetType, attribute }]
        }),
      ),
  )
}

/** True when a change of the property replaces the resource, or may. @throws RangeError for a type or property CloudFormation does not have */
export function isCreateOnly(type: string, property: string): boolean {
  const found = schemaOf(type).properties[property]
  if (found === undefined) throw new RangeError(`${type} has no property ${property}`)
  return found.causesReplacement !== undefined && found.causesReplacement !== 'no'
}

function canBeUpdated(type: string): boolean {
  return Object.values(schemaOf(type).properties).some(
    ({ causesReplacement = 'no' }) => causesReplacement === 'no' || causesReplacement === 'maybe',
  )
}

function schemaOf(type: string) {
  const [found] = spec.lookup('resource', 'cloudFormationType', 'equals', type)
  if (found === undefined) throw new RangeError(`CloudFormation has no ${type}`)
  return found
}

/** Logical ids and attributes in GetAtt and in Sub, wherever in a value they stand. */
function attributesIn(value: unknown): readonly (readonly [id: string, attribute: string])[] {
  if (Array.isArray(value)) return value.flatMap(attributesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === 'Fn::GetAtt') return [readAttribute(inner)]
    if (key === 'Fn::Sub') return substituted(inner)
    return attributesIn(inner)
  })
}

function readAttribute(written: unknown): readonly [string, string] {
  const [id = '', ...attribute] = Array.isArray(written) ? written.map(String) : String(written).split('.')
  return [id, attribute.join('.')]
}

function substituted(written: unknown): readonly (readonly [string, string])[] {
  const [text, values] = Array.isArray(written) ? [String(written[0]), written[1] as unknown] : [String(written), {}]
  const named = [...text.matchAll(/\$\{([A-Za-z0-9]+)\.([A-Za-z0-9.]+)\}/g)]
  return [...named.map(([, id = '', attribute = '']) => [id, attribute] as const), ...attributesIn(values)]
}
