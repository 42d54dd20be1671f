import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { keyAlias, type StackPart } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/**
 * A stack's own key, for its log groups, secrets and alarm messages. Who may use it for a secret is said by the roles.
 * @source Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS Key Management Service"
 * @source AWS Cost Management User Guide, "Storing or processing sensitive or encrypted data using an Amazon SNS topic"
 */
export function encryptionKey(stack: Stack, described: StageDescription, part: StackPart): CfnKey {
  const { accountId } = described.facts
  const use = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']
  const key = new CfnKey(stack, 'Key', {
    description: `logs, secrets and alarms of ${stack.stackName}`,
    enableKeyRotation: true,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        // Without it nobody could ever change this policy again.
        statement({ AWS: `arn:aws:iam::${accountId}:root` }, ['kms:*'], {}),
        statement({ Service: `logs.${described.settings.region}.amazonaws.com` }, use, {
          Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arnOf(described, 'logs', '*') } },
        }),
        statement({ Service: 'cloudwatch.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey*'], {
          Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
        }),
        // A budget is told to a topic whose messages this key encrypts.
        ...(part === 'site'
          ? [
              statement({ Service: 'budgets.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey*'], {
                Condition: budgetsOf(accountId),
              }),
            ]
          : []),
      ],
    },
  })
  new CfnAlias(stack, 'KeyAlias', { aliasName: keyAlias(described.stage, part), targetKeyId: key.ref })
  return key
}

/** That the budgets service acts for this account, and for nobody else's budget. */
export function budgetsOf(accountId: string) {
  return {
    StringEquals: { 'aws:SourceAccount': accountId },
    ArnLike: { 'aws:SourceArn': `arn:aws:budgets::${accountId}:*` },
  }
}

/** In a key's policy `*` means this key. */
function statement(Principal: object, Action: readonly string[], more: object) {
  return { Effect: 'Allow', Principal, Action, Resource: '*', ...more }
}
