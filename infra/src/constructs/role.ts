import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Stack } from 'aws-cdk-lib/core'
import type { Statement } from './policy-statement.ts'

export interface RoleProps {
  readonly name: string
  readonly trust: object
  readonly statements: readonly Statement[]
}

/** A role and the one policy it has, both called `name`. In this direction the role is complete before anybody takes it on. */
export function role(stack: Stack, id: string, { name, trust, statements }: RoleProps): CfnRole {
  const policy = new CfnManagedPolicy(stack, `${id}Policy`, {
    managedPolicyName: name,
    policyDocument: { Version: '2012-10-17', Statement: statements },
  })
  return new CfnRole(stack, `${id}Role`, {
    roleName: name,
    managedPolicyArns: [policy.ref],
    assumeRolePolicyDocument: trust,
  })
}

/** A role for a service of AWS, with the policy that AWS keeps for the purpose. */
export function roleOfAws(
  stack: Stack,
  id: string,
  { name, trust, policyArn }: Pick<RoleProps, 'name' | 'trust'> & { readonly policyArn: string },
): CfnRole {
  return new CfnRole(stack, `${id}Role`, {
    roleName: name,
    managedPolicyArns: [policyArn],
    assumeRolePolicyDocument: trust,
  })
}
