import type { CfnRole } from 'aws-cdk-lib/aws-iam'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import type { StageFunction } from '../functions.ts'
import { keyAlias, roleName } from '../resource-names.ts'
import { secretId, secretsReadBy } from '../secrets.ts'
import type { StageDescription } from '../stage-description.ts'
import { allow, type Statement, trusting } from './policy-statement.ts'
import { role } from './role.ts'

/** The role of one function: its log group, its traces, its secrets, what is added for it, and nothing else. */
export function functionRole(
  stack: Stack,
  described: StageDescription,
  fn: StageFunction,
  added: readonly Statement[],
): CfnRole {
  const { stage, settings } = described
  const read = secretsReadBy(fn.kind).map((name) =>
    arnOf(described, 'secretsmanager', secretArnEnd(secretId(stage, name))),
  )
  const secrets = [
    allow(['secretsmanager:GetSecretValue'], read),
    allow(['kms:Decrypt'], arnOf(described, 'kms', 'key/*'), {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(stage, 'site') },
      StringEquals: { 'kms:ViaService': `secretsmanager.${settings.region}.amazonaws.com` },
    }),
  ]
  return role(stack, fn.id, {
    name: roleName(stage, fn.role),
    trust: trusting('lambda.amazonaws.com'),
    statements: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arnOf(described, 'logs', `log-group:${fn.logs.name}:*`)),
      // Traces belong to no resource. @source Service Authorization Reference, "Actions, resources, and condition keys for AWS X-Ray"
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
      ...(read.length === 0 ? [] : secrets),
      ...added,
    ],
  })
}

/** Secrets Manager ends every ARN with a dash and six characters of its own. */
export const secretArnEnd = (id: string) => `secret:${id}-??????`
