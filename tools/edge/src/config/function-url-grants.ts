import { z } from 'zod'
import type { OriginGrants } from './distribution.ts'
import { distributionsIn, takes } from './policy-statements.ts'
import type { Resource, Template } from './read-template.ts'
import { shaped } from './shapes.ts'

const functionUrl = z.object({
  AuthType: z.enum(['AWS_IAM', 'NONE']),
  TargetFunctionArn: z.string(),
  Qualifier: z.string().optional(),
})

const permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  FunctionUrlAuthType: z.enum(['AWS_IAM', 'NONE']).optional(),
})

/** Both are needed for function URLs made since October 2025. @source AWS Lambda Developer Guide, "Control access to Lambda function URLs" */
const NEEDED = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const

/** The function URL of the template behind a domain name; undefined: it is not in the template. */
export function functionUrlBehind(template: Template, domainName: string): Resource | undefined {
  return template
    .ofType('AWS::Lambda::Url')
    .find((url) => template.attribute(url, 'FunctionUrl').replace(/^https:\/\/|\/$/g, '') === domainName)
}

/**
 * Who may call the function URL behind an origin: whoever holds both permissions on the very function and qualifier the
 * URL is bound to. Undefined: the template does not hold the URL.
 * @throws ConfigurationError `malformed`
 */
export function functionUrlGrants(
  template: Template,
  domainName: string,
  distributions: readonly string[],
): OriginGrants | undefined {
  const url = functionUrlBehind(template, domainName)
  if (url === undefined) return undefined
  const { AuthType, TargetFunctionArn, Qualifier } = shaped(functionUrl, url.properties, url.where)
  const target = functionIdentity(template, TargetFunctionArn, Qualifier)
  const permissions = template
    .ofType('AWS::Lambda::Permission')
    .map(({ properties, where }) => shaped(permission, properties, where))
    .filter(({ FunctionName }) => functionIdentity(template, FunctionName) === target)
    .filter(({ FunctionUrlAuthType }) => (FunctionUrlAuthType ?? AuthType) === AuthType)

  const [mayUrl, mayInvoke] = NEEDED.map((action) =>
    permissions.filter(({ Action }) => takes(Action, action)).flatMap((one) => admittedBy(one, distributions)),
  )
  const both = (id: string) => [mayUrl, mayInvoke].every((ids) => ids?.includes(id) || ids?.includes('*'))
  const named = new Set([...(mayUrl ?? []), ...(mayInvoke ?? [])])
  return { distributions: [...named].filter(both), mayList: false, authType: AuthType }
}

function admittedBy({ Principal, SourceArn }: z.infer<typeof permission>, all: readonly string[]): readonly string[] {
  if (SourceArn !== undefined) return distributionsIn(SourceArn, all)
  if (Principal === '*') return ['*']
  return Principal === 'cloudfront.amazonaws.com' ? all : []
}

/**
 * One text for one function and qualifier, however it is referred to: by name, ARN, Ref, or through an alias of the
 * template.
 */
function functionIdentity(template: Template, reference: string, qualifier?: string): string {
  const [name = '', written] = reference.replace(/^.*:function:/, '').split(':')
  const alias = template.ofType('AWS::Lambda::Alias').find((candidate) => template.ref(candidate) === name)
  if (alias !== undefined) {
    return functionIdentity(template, String(alias.properties.FunctionName), String(alias.properties.Name))
  }
  const resource = template
    .ofType('AWS::Lambda::Function')
    .find((one) => [template.ref(one), template.attribute(one, 'Arn'), one.properties.FunctionName].includes(name))
  return `${resource?.logicalId ?? name}:${qualifier ?? written ?? ''}`
}
