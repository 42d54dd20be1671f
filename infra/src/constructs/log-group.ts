import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { keyArn } from '../arn.ts'
import type { StageDescription } from '../stage-description.ts'

/** A log group that keeps its lines encrypted and for as long as the stage wants them. */
export function encryptedLogGroup(
  stack: Stack,
  described: StageDescription,
  key: CfnKey,
  { id, name }: { readonly id: string; readonly name: string },
): CfnLogGroup {
  return new CfnLogGroup(stack, `${id}Logs`, {
    logGroupName: name,
    retentionInDays: described.sizes.logDays,
    kmsKeyId: keyArn(described, key),
  })
}
