import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { accessLogBucketName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { onlyOverTls, privateBucket } from './private-bucket.ts'

/** Days that access logs are kept; they hold addresses of people. */
const KEPT_DAYS = 400

export interface AccessLogBucket {
  readonly bucket: CfnBucket
  readonly policy: CfnBucketPolicy
}

/**
 * Where distributions and asset buckets write who asked for what.
 * @source Amazon CloudWatch Logs User Guide, "Enable logging from AWS services" (permissions for a bucket)
 */
export function accessLogBucket(stack: Stack, described: StageDescription): AccessLogBucket {
  const { stage, facts } = described
  const own = { 'aws:SourceAccount': facts.accountId }
  const bucketName = accessLogBucketName(stage, facts)
  const bucket = new CfnBucket(stack, 'AccessLogs', {
    bucketName,
    ...privateBucket,
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
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
  const policy = new CfnBucketPolicy(stack, 'AccessLogsPolicy', {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        onlyOverTls(bucket),
        mayWrite('logging.s3.amazonaws.com', `${bucketName}/*`, { StringEquals: own }),
        mayWrite('delivery.logs.amazonaws.com', `${bucketName}/AWSLogs/${facts.accountId}/*`, {
          StringEquals: { ...own, 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike: { 'aws:SourceArn': arnOf(described, 'logs', 'delivery-source:*') },
        }),
      ],
    },
  })
  return { bucket, policy }
}

function mayWrite(Service: string, path: string, Condition: object) {
  return {
    Effect: 'Allow',
    Principal: { Service },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${path}`,
    Condition,
  }
}
