import { resolvedText, type Surroundings } from './resolved.ts'
import type { Template } from './template-plan.ts'

type Properties = Readonly<Record<string, unknown>>

/**
 * What identifies a resource that has a name of its own, in the way Cloud Control and imports want it. Undefined: the
 * type has no such name, or is not looked for by it.
 * @source AWS CloudFormation Template Reference, the primary identifiers of the types
 */
export function staticIdentifier(
  template: Template,
  logicalId: string,
  surroundings: Pick<Surroundings, 'region' | 'accountId'>,
): string | undefined {
  const properties = propertiesOf(template, logicalId)
  const { region, accountId } = surroundings
  // Names that refer to other resources refer to resources with names of their own.
  const text = (value: unknown) => resolvedText(value, { region, accountId, physicalIds: literalNames(template) }) ?? ''
  switch (template.Resources[logicalId]?.Type) {
    case 'AWS::S3::Bucket':
      return text(properties.BucketName)
    case 'AWS::S3::BucketPolicy':
      return text(properties.Bucket)
    case 'AWS::IAM::Role':
      return text(properties.RoleName)
    case 'AWS::IAM::ManagedPolicy':
      return `arn:aws:iam::${accountId}:policy/${text(properties.ManagedPolicyName)}`
    case 'AWS::Logs::LogGroup':
      return text(properties.LogGroupName)
    case 'AWS::Lambda::Function':
      return text(properties.FunctionName)
    case 'AWS::Lambda::Alias':
      return `${functionArn(text(properties.FunctionName), region, accountId)}:${text(properties.Name)}`
    case 'AWS::Lambda::Url':
      return `${functionArn(text(properties.TargetFunctionArn), region, accountId)}:${text(properties.Qualifier)}`
    default:
      return undefined
  }
}

/** ARN of a function that is given by name or by ARN. */
export function functionArn(nameOrArn: string, region: string, accountId: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn}`
}

export function propertiesOf(template: Template, logicalId: string): Properties {
  return (template.Resources[logicalId] as { readonly Properties?: Properties } | undefined)?.Properties ?? {}
}

/** What a reference to a resource becomes, for types whose reference is their name and whose name is written out. */
export function literalNames(template: Template): Readonly<Record<string, string>> {
  const names = ['BucketName', 'FunctionName', 'RoleName', 'LogGroupName']
  return Object.fromEntries(
    Object.keys(template.Resources).flatMap((logicalId) => {
      const properties = propertiesOf(template, logicalId)
      const name = names.map((key) => properties[key]).find((value) => typeof value === 'string')
      return name === undefined ? [] : [[logicalId, name as string] as const]
    }),
  )
}
