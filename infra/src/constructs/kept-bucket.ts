import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import type { Stack } from 'aws-cdk-lib/core'
import { keyArn } from '../arn.ts'
import type { StageDescription } from '../stage-description.ts'
import { onlyOverTls, privateBucket } from './private-bucket.ts'

export interface KeptBucket {
  /** Logical id. */
  readonly id: string
  readonly bucketName: string
  readonly key: CfnKey
  readonly accessLogs: CfnBucket
}

/** Days in which what was overwritten or taken away by mistake can be brought back. */
const NONCURRENT_DAYS = 90

/** A bucket in which nothing current expires, encrypted with the stack's own key. */
export function keptBucket(
  stack: Stack,
  described: StageDescription,
  { id, bucketName, key, accessLogs }: KeptBucket,
): void {
  const bucket = new CfnBucket(stack, id, {
    bucketName,
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
    loggingConfiguration: { destinationBucketName: accessLogs.ref, logFilePrefix: `s3/${id}/` },
  })
  new CfnBucketPolicy(stack, `${id}Policy`, {
    bucket: bucket.ref,
    policyDocument: { Version: '2012-10-17', Statement: [onlyOverTls(bucket)] },
  })
}
