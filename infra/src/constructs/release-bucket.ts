import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import type { Stack } from 'aws-cdk-lib/core'
import { keyArn } from '../arn.ts'
import { releaseBucketName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { onlyOverTls, privateBucket } from './private-bucket.ts'

/** Days that what was overwritten is kept: who held the lock, what was live before. */
const NONCURRENT_DAYS = 90

/** Where releases are kept and written down. Nothing in it expires: a rollback needs what was live long ago. */
export function releaseBucket(stack: Stack, described: StageDescription, key: CfnKey, accessLogs: CfnBucket): void {
  const bucket = new CfnBucket(stack, 'Releases', {
    bucketName: releaseBucketName(described.stage, described.facts),
    ...privateBucket,
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        {
          serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn(described, key) },
          bucketKeyEnabled: true,
        },
      ],
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    lifecycleConfiguration: {
      rules: [
        {
          id: 'expire-noncurrent',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    loggingConfiguration: { destinationBucketName: accessLogs.ref, logFilePrefix: 's3/Releases/' },
  })
  new CfnBucketPolicy(stack, 'ReleasesPolicy', {
    bucket: bucket.ref,
    policyDocument: { Version: '2012-10-17', Statement: [onlyOverTls(bucket)] },
  })
}
