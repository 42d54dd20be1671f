import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import { onlyOverTls, privateBucket } from './private-bucket.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/**
 * Days that an overwritten file is kept. Current files never expire: their names are hashed, and old pages in open tabs
 * still ask for them.
 */
const NONCURRENT_DAYS = 90

/** Makes the topology's buckets private, versioned and watched. Who may read is the topology's to say, and stays. */
export function secureAssetBuckets(resources: TopologyResources, accessLogs: CfnBucket): void {
  for (const [id, bucket] of resourcesOf(resources, CfnBucket.isCfnBucket)) {
    Object.assign(bucket, privateBucket)
    bucket.ownershipControls = { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] }
    bucket.lifecycleConfiguration = {
      rules: [
        {
          id: 'expire-noncurrent',
          status: 'Enabled',
          noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    }
    bucket.loggingConfiguration = { destinationBucketName: accessLogs.ref, logFilePrefix: `s3/${id}/` }
  }
  for (const [id, policy] of resourcesOf(resources, CfnBucketPolicy.isCfnBucketPolicy)) {
    // One policy per bucket exists: a second one would replace the first.
    const bucket = resources.include.getResource(id.replace(/Policy$/, '')) as CfnBucket
    const document = policy.policyDocument as { readonly Statement: readonly object[] }
    policy.policyDocument = { ...document, Statement: [...document.Statement, onlyOverTls(bucket)] }
  }
}
