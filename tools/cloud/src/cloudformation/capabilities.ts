import type { Capability } from '@aws-sdk/client-cloudformation'
import { AwsError } from '../wire/aws-error.ts'
import type { Template } from './engine/template.ts'

/** Types that give rights, and the property that names them. @source AWS CloudFormation User Guide, "Acknowledging IAM resources in CloudFormation templates" */
const GIVE_RIGHTS: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
}

/** What somebody who sends a template has to acknowledge, and the types that ask for it. */
export function neededCapability({ resources }: Template): {
  readonly capability?: Capability
  readonly types: readonly string[]
} {
  const giving = Object.values(resources).filter(({ type }) => Object.hasOwn(GIVE_RIGHTS, type))
  if (giving.length === 0) return { types: [] }
  const isNamed = giving.some(({ type, properties }) => {
    const name = GIVE_RIGHTS[type]
    return name !== undefined && properties[name] !== undefined
  })
  const types = [...new Set(giving.map(({ type }) => type))]
  return { capability: isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM', types }
}

/** @throws AwsError InsufficientCapabilitiesException */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const { capability } = neededCapability(template)
  const isGiven = capability === undefined || given.includes(capability) || given.includes('CAPABILITY_NAMED_IAM')
  if (!isGiven) throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`)
}
