import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'

export interface LogKeeping {
  readonly key: CfnKey
  readonly days: number
}

/** A log group that keeps its lines encrypted and for as long as the stage wants them. */
export function encryptedLogGroup(stack: Stack, id: string, logGroupName: string, { key, days }: LogKeeping) {
  return new CfnLogGroup(stack, id, { logGroupName, retentionInDays: days, kmsKeyId: key.attrArn })
}
