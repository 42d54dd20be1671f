import { arnOf } from '../arn.ts'
import { keyAlias } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { allow, type Statement } from './policy-statement.ts'

/** What a role says of people of the account: any of them whom a policy allows it, with a second factor. */
export function peopleWithSecondFactor({ facts }: StageDescription) {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${facts.accountId}:root` },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  } as const
}

/** The key of a stage's site, as far as reading and writing its buckets takes it. */
export function keyOfBuckets(described: StageDescription): Statement {
  const { stage, settings } = described
  return allow(['kms:GenerateDataKey', 'kms:Decrypt'], arnOf(described, 'kms', 'key/*'), {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(stage, 'site') },
    StringEquals: { 'kms:ViaService': `s3.${settings.region}.amazonaws.com` },
  })
}
