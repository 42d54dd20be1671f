import { type FunctionRole, logGroupName } from '@sax/topology'
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { functionIds } from '../functions.ts'
import { keyAlias, roleName } from '../resource-names.ts'
import { secretId, secretsReadBy } from '../secrets.ts'

export interface FunctionRoleProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly role: FunctionRole
}

/** The role of one function: its log group, its traces, its secrets, and nothing else. */
export function functionRole(stack: Stack, { stage, facts: { accountId }, role }: FunctionRoleProps): CfnRole {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${stack.region}:${accountId}:${resource}`
  const policy = new CfnManagedPolicy(stack, `${functionIds[role]}Policy`, {
    managedPolicyName: roleName(stage, role),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', `log-group:${logGroupName(stage, role)}:*`)),
        // Traces belong to no resource. @source Service Authorization Reference, "Actions, resources, and condition keys for AWS X-Ray"
        allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
        ...secretsReadBy(role).map((name) =>
          // Secrets Manager ends every ARN with six characters of its own.
          allow(['secretsmanager:GetSecretValue'], arn('secretsmanager', `secret:${secretId(stage, name)}-??????`)),
        ),
        {
          ...allow(['kms:Decrypt'], arn('kms', 'key/*')),
          Condition: {
            'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(stage) },
            StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` },
          },
        },
      ],
    },
  })
  return new CfnRole(stack, `${functionIds[role]}Role`, {
    roleName: roleName(stage, role),
    // In this direction the role is complete before its function is made.
    managedPolicyArns: [policy.ref],
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  })
}

function allow(Action: readonly string[], Resource: string) {
  return { Effect: 'Allow', Action, Resource }
}
