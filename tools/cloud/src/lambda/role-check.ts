import { GetRoleCommand } from '@aws-sdk/client-iam'
import type { MotoClients } from '../moto/moto-clients.ts'
import { AwsError } from '../wire/aws-error.ts'

/**
 * Refuses a role that is not there, or that does not trust Lambda. What it allows is not looked at.
 * @source AWS Lambda Developer Guide, "Defining Lambda function permissions with an execution role"
 */
export function roleCheck(clients: MotoClients) {
  return async (accountId: string, roleArn: string): Promise<void> => {
    const [, owner, name] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(roleArn) ?? []
    if (owner === accountId && name !== undefined && (await trustsLambda(clients, accountId, name))) return
    throw new AwsError(
      'InvalidParameterValueException',
      'The role defined for the function cannot be assumed by Lambda.',
      400,
      { Type: 'User' },
    )
  }
}

async function trustsLambda(clients: MotoClients, accountId: string, RoleName: string): Promise<boolean> {
  try {
    const { Role } = await clients(accountId, 'us-east-1').iam.send(new GetRoleCommand({ RoleName }))
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '').includes('"lambda.amazonaws.com"')
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntityException') return false
    throw error
  }
}
