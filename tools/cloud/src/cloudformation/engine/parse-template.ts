import { checkReferences } from './check-references.ts'
import {
  type Definition,
  invalid,
  isObject,
  type JsonObject,
  type OutputDefinition,
  type ParameterDefinition,
  POLICIES,
  type RemovalPolicy,
  type Template,
} from './template.ts'

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]
const RESOURCE_MEMBERS = [
  'Type',
  'Properties',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
  'Condition',
  'CreationPolicy',
  'UpdatePolicy',
]

/** @source AWS CloudFormation User Guide, "Understand CloudFormation quotas" */
const MAX_RESOURCES = 500

/**
 * Reads a template. Only JSON is read here, and no transform is done.
 * @source AWS CloudFormation User Guide, "CloudFormation template format"
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseTemplate(body: string): Template {
  const document = jsonOf(body)
  const unknown = Object.keys(document).filter((name) => !SECTIONS.includes(name))
  if (unknown.includes('Transform'))
    throw invalid("Transforms are not available in the laptop's AWS; send the template they make.")
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`)
  const { AWSTemplateFormatVersion: version = '2010-09-09', Description: description } = document
  if (version !== '2010-09-09') throw invalid('Template format error: unsupported value for AWSTemplateFormatVersion.')
  if (description !== undefined && (typeof description !== 'string' || Buffer.byteLength(description) > 1024)) {
    throw invalid('Template format error: Description must be a text of at most 1024 bytes.')
  }
  const resources = entries(document, 'Resources')
  if (resources.length === 0) throw invalid('Template format error: At least one Resources member must be defined.')
  if (resources.length > MAX_RESOURCES) {
    throw invalid(
      `Template format error: Number of resources, ${resources.length}, is greater than maximum allowed, ${MAX_RESOURCES}`,
    )
  }
  const template: Template = {
    body,
    ...(typeof description === 'string' ? { description } : {}),
    parameters: Object.fromEntries(entries(document, 'Parameters').map(([name, one]) => [name, parameter(name, one)])),
    mappings: isObject(document.Mappings) ? document.Mappings : {},
    conditions: isObject(document.Conditions) ? document.Conditions : {},
    resources: Object.fromEntries(resources.map(([id, one]) => [id, resource(id, one)])),
    outputs: Object.fromEntries(entries(document, 'Outputs').map(([name, one]) => [name, output(one)])),
  }
  checkReferences(template)
  return template
}

function jsonOf(body: string): JsonObject {
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch {
    throw invalid('Template format error: JSON not well-formed.')
  }
  if (isObject(document)) return document
  throw invalid('Template format error: unsupported structure.')
}

function entries(document: JsonObject, section: string): readonly (readonly [string, JsonObject])[] {
  const members = document[section] ?? {}
  if (!isObject(members)) throw invalid(`Template format error: ${section} must be an object.`)
  return Object.entries(members).map(([name, member]) => {
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
      throw invalid(`Template format error: ${section.replace(/s$/, '')} name ${name} is non alphanumeric.`)
    }
    if (!isObject(member)) throw invalid(`Template format error: Any ${section} member must be an object.`)
    return [name, member]
  })
}

function resource(id: string, given: JsonObject): Definition {
  const { Type: type, Properties: properties = {}, Condition: condition } = given
  if (typeof type !== 'string') {
    throw invalid(`Template format error: [/Resources/${id}] Every Resources object must contain a Type member.`)
  }
  const [unknown] = Object.keys(given).filter((name) => !RESOURCE_MEMBERS.includes(name))
  if (unknown !== undefined) throw invalid(`Invalid template resource property '${unknown}'`)
  if (!isObject(properties)) throw invalid(`Template format error: [/Resources/${id}/Properties] must be an object.`)
  const dependsOn = given.DependsOn ?? []
  return {
    type,
    properties,
    dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).map(String),
    ...policy(id, 'DeletionPolicy', given.DeletionPolicy, 'deletionPolicy'),
    ...policy(id, 'UpdateReplacePolicy', given.UpdateReplacePolicy, 'updateReplacePolicy'),
    ...(given.Metadata === undefined ? {} : { metadata: given.Metadata }),
    ...(typeof condition === 'string' ? { condition } : {}),
  }
}

function policy<Name extends string>(
  id: string,
  attribute: string,
  given: unknown,
  name: Name,
): Partial<Record<Name, RemovalPolicy>> {
  if (given === undefined) return {}
  const allowed = POLICIES.find(
    (one) => one === given && !(attribute === 'UpdateReplacePolicy' && one === 'RetainExceptOnCreate'),
  )
  if (allowed === undefined) throw invalid(`Template error: ${attribute} of ${id} cannot be ${JSON.stringify(given)}.`)
  return { [name]: allowed } as Partial<Record<Name, RemovalPolicy>>
}

function parameter(name: string, { Type, Default, AllowedValues, NoEcho }: JsonObject): ParameterDefinition {
  if (typeof Type !== 'string')
    throw invalid(`Template format error: [/Parameters/${name}] must contain a Type member.`)
  return {
    type: Type,
    ...(Default === undefined ? {} : { default: Default }),
    ...(Array.isArray(AllowedValues) ? { allowed: AllowedValues } : {}),
    noEcho: NoEcho === true || NoEcho === 'true',
  }
}

function output({ Value, Description, Condition, Export }: JsonObject): OutputDefinition {
  if (Value === undefined) throw invalid('Template format error: Every Outputs member must contain a Value object')
  return {
    value: Value,
    ...(typeof Description === 'string' ? { description: Description } : {}),
    ...(typeof Condition === 'string' ? { condition: Condition } : {}),
    ...(isObject(Export) ? { exportName: Export.Name } : {}),
  }
}
