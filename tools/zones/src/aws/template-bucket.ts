import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** Who has a bucket of some name. Names are the whole world's. */
export type BucketOwner = 'ours' | 'nobody' | 'somebody else'

/** Every method throws `AwsFailure` when AWS does not do what is asked. */
export interface TemplateBucket {
  ownerOf(bucket: string): Promise<BucketOwner>
  /** Makes the bucket private and versioned, and makes it at all when it is not there. */
  ensure(bucket: string): Promise<void>
  /** Stores a template under a key made from its content, unless it is there. The URL CloudFormation reads it from. */
  store(bucket: string, key: string, body: string): Promise<string>
}

export function createTemplateBucket(settings: AwsSettings): TemplateBucket {
  // An emulator has one host name for every bucket.
  const client = failingPlainly(
    's3',
    new S3Client({ ...clientOptions(settings), forcePathStyle: settings.endpoint !== undefined }),
  )
  const ownerOf = async (bucket: string): Promise<BucketOwner> => {
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }))
      return 'ours'
    } catch (error) {
      if (isRefusedAs(error, 'NotFound', 'NoSuchBucket')) return 'nobody'
      // HeadBucket has no body to say more; who may list buckets and still is refused one does not own it.
      if (isRefusedAs(error, 'Forbidden', '403', 'AccessDenied', 'Unknown', 'UnknownError')) return 'somebody else'
      throw error
    }
  }
  return {
    ownerOf,
    async ensure(bucket) {
      if ((await ownerOf(bucket)) !== 'ours') await client.send(new CreateBucketCommand({ Bucket: bucket }))
      await client.send(
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        }),
      )
      await client.send(
        new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      )
    },
    async store(bucket, key, body) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        )
      } catch (error) {
        if (!isRefusedAs(error, 'PreconditionFailed')) throw error
      }
      return `https://${bucket}.s3.${settings.region}.amazonaws.com/${key}`
    },
  }
}
