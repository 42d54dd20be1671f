import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { accessLogBucketName } from '../resource-names.ts'
import { onlyOverTls, privateBucket } from './private-bucket.ts'

/** Days that access logs are kept; they hold addresses of people. */
const KEPT_DAYS = 400

/**
 * Where distributions and asset buckets write who asked for what. CloudFront's standard logs are written through an
 * access control list, which new buckets refuse unless the owner is the one it names.
 * @source AWS CloudFront Developer Guide, "Configure standard logging (legacy)"
 */
export function accessLogBucket(stack: Stack, stage: DeployedStage, facts: AccountFacts): CfnBucket {
  const bucketName = accessLogBucketName(stage, facts)
  const bucket = new CfnBucket(stack, 'AccessLogs', {
    bucketName,
    ...privateBucket,
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerPreferred' }] },
    lifecycleConfiguration: {
      rules: [
        {
          id: 'expire',
          status: 'Enabled',
          expirationInDays: KEPT_DAYS,
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    },
  })
  new CfnBucketPolicy(stack, 'AccessLogsPolicy', {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        onlyOverTls(bucket),
        {
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${bucketName}/*`,
          Condition: { StringEquals: { 'aws:SourceAccount': facts.accountId } },
        },
      ],
    },
  })
  return bucket
}
