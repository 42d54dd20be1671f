import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'

type Database = ReturnType<typeof loadAwsServiceSpecSync>
type Resource = ReturnType<Database['all']>[number] & SchemaOfResource

/** As much of the database's entries as is used here. */
interface SchemaOfResource {
  readonly properties: Readonly<Record<string, Property>>
  readonly attributes: Readonly<Record<string, unknown>>
  readonly primaryIdentifier?: readonly string[]
  readonly cfnRefIdentifier?: readonly string[]
  readonly tagInformation?: { readonly tagPropertyName: string; readonly variant: string }
  readonly additionalReplacementProperties?: readonly (readonly string[])[]
}

export interface Property {
  readonly type: PropertyType
  readonly previousTypes?: readonly PropertyType[]
  readonly required?: boolean
  readonly causesReplacement?: 'yes' | 'no' | 'maybe'
}

export type PropertyType =
  | { readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] }

/** What is known of a resource type. */
export interface ResourceSchema {
  readonly type: string
  readonly properties: Readonly<Record<string, Property>>
  readonly attributes: readonly string[]
  /** Properties and attributes that together identify a resource of this type. */
  readonly primaryIdentifier: readonly string[]
  /** Those that `Ref` gives, joined by bars. */
  readonly refIdentifier: readonly string[]
  /** Property that tags are in, when they are a list of Key and Value. */
  readonly tagProperty?: string
  readonly alsoReplacing: readonly (readonly string[])[]
}

let database: Database | undefined
const schemas = new Map<string, ResourceSchema | undefined>()

/** What is known of a type; undefined for one that AWS has not got. Reading the database takes a third of a second, once. */
export function resourceSchema(type: string): ResourceSchema | undefined {
  if (!schemas.has(type)) schemas.set(type, read(type))
  return schemas.get(type)
}

function read(type: string): ResourceSchema | undefined {
  database ??= loadAwsServiceSpecSync()
  const [found] = database.lookup('resource', 'cloudFormationType', 'equals', type) as unknown as readonly Resource[]
  if (found === undefined) return undefined
  const primary = found.primaryIdentifier ?? []
  return {
    type,
    properties: found.properties,
    attributes: Object.keys(found.attributes),
    primaryIdentifier: primary,
    refIdentifier: found.cfnRefIdentifier ?? primary,
    ...(found.tagInformation?.variant === 'standard' ? { tagProperty: found.tagInformation.tagPropertyName } : {}),
    alsoReplacing: found.additionalReplacementProperties ?? [],
  }
}

/** The properties of a nested definition. */
export function definition(reference: { readonly $ref: string }): Readonly<Record<string, Property>> {
  database ??= loadAwsServiceSpecSync()
  const entity = database.get('typeDefinition', reference.$ref) as { readonly properties: Record<string, Property> }
  return entity.properties
}
