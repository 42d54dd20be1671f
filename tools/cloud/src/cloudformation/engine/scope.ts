import { conditionsOf } from './conditions.ts'
import type { Scope } from './evaluate.ts'
import type { Stack } from './stacks.ts'
import { invalid, type Template } from './template.ts'

/** What names of a template stand for in a stack; resources through the two functions given. */
export function scopeOf(
  stack: Pick<Stack, 'id' | 'name' | 'accountId' | 'region'>,
  template: Template,
  parameters: Readonly<Record<string, string>>,
  resources: Pick<Scope, 'ref' | 'attribute'>,
): Scope {
  const scope = {
    pseudo: {
      'AWS::AccountId': stack.accountId,
      'AWS::Region': stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.id,
      'AWS::NotificationARNs': [],
    },
    parameters: parameterValues(template, parameters),
    mappings: template.mappings,
    ...resources,
  }
  return { ...scope, condition: conditionsOf(template.conditions, scope) }
}

/**
 * The values of a template's parameters. @source AWS CloudFormation User Guide, "CloudFormation template Parameters syntax"
 * @throws AwsError ValidationError for values that are missing, unknown or not allowed
 */
export function parameterValues(
  { parameters }: Template,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name))
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`)
  const missing = Object.entries(parameters).filter(
    ([name, one]) => given[name] === undefined && one.default === undefined,
  )
  if (missing.length > 0) {
    throw invalid(`Parameters: [${missing.map(([name]) => name).join(', ')}] must have values`)
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, one]) => {
      const value = String(given[name] ?? one.default)
      if (one.allowed !== undefined && !one.allowed.map(String).includes(value)) {
        throw invalid(`Parameter '${name}' must be one of AllowedValues`)
      }
      if (one.type === 'Number' && Number.isNaN(Number(value))) throw invalid(`Parameter '${name}' must be a number.`)
      return [name, /^(CommaDelimitedList|List<)/.test(one.type) ? value.split(',').map((item) => item.trim()) : value]
    }),
  )
}
