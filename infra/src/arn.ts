import { LIVE_ALIAS } from '@sax/topology'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import type { StageFunction } from './functions.ts'
import type { StageDescription } from './stage-description.ts'

/**
 * ARNs written out. Where a name is literal its ARN is too: an attribute of a resource that is updated in place counts as
 * changed in a change set, and whatever hangs on it as perhaps replaced.
 */
export const arnOf = (
  { settings: { region }, facts: { accountId } }: StageDescription,
  service: string,
  what: string,
) => `arn:aws:${service}:${region}:${accountId}:${what}`

/** IAM is the world's: no region. */
export const roleArn = ({ facts: { accountId } }: StageDescription, name: string) =>
  `arn:aws:iam::${accountId}:role/${name}`

/** What traffic follows. */
export const liveArn = (described: StageDescription, { functionName }: StageFunction) =>
  arnOf(described, 'lambda', `function:${functionName}:${LIVE_ALIAS}`)

/** A key's id never changes, so that its ARN is made from it rather than read off the key. */
export const keyArn = (described: StageDescription, key: CfnKey) => arnOf(described, 'kms', `key/${key.ref}`)
