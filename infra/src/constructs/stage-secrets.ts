import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Stack } from 'aws-cdk-lib/core'
import { keyArn } from '../arn.ts'
import { logicalIdOf } from '../resource-names.ts'
import { secretId, secretNames, secrets } from '../secrets.ts'
import type { StageDescription } from '../stage-description.ts'

/** Places for the stage's secrets. They are empty: a person puts the values in. */
export function stageSecrets(stack: Stack, described: StageDescription, key: CfnKey): void {
  for (const name of secretNames) {
    new CfnSecret(stack, `${logicalIdOf(name)}Secret`, {
      name: secretId(described.stage, name),
      description: secrets[name].what,
      kmsKeyId: keyArn(described, key),
    })
  }
}
