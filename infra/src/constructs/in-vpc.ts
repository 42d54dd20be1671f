import { arnOf } from '../arn.ts'
import type { StageFunction } from '../functions.ts'
import type { StageDescription } from '../stage-description.ts'
import { allow, type Statement } from './policy-statement.ts'

const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]

/**
 * Lets Lambda put a function into a VPC, with the function's role, and refuses the same to the function's own code.
 * @source AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC" (required permissions, best practices)
 */
export function inVpc(described: StageDescription, { functionName }: StageFunction): readonly Statement[] {
  return [
    allow(INTERFACES, '*'),
    {
      Effect: 'Deny',
      Action: [...INTERFACES, 'ec2:DetachNetworkInterface'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'lambda:SourceFunctionArn': arnOf(described, 'lambda', `function:${functionName}`) },
      },
    },
  ]
}
