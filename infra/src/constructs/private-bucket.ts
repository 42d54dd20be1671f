import type { CfnBucket, CfnBucketProps } from 'aws-cdk-lib/aws-s3'

/** What every bucket is: nobody's but ours, encrypted, with its history kept. */
export const privateBucket: CfnBucketProps = {
  bucketEncryption: {
    serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  },
  publicAccessBlockConfiguration: {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  versioningConfiguration: { status: 'Enabled' },
}

/** Statement that refuses whoever comes without TLS. */
export function onlyOverTls({ attrArn }: CfnBucket) {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [attrArn, `${attrArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}
