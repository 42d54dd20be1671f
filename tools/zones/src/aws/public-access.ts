import { GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

export interface PublicAccess {
  /** Whether a bucket refuses the public whatever its policy and its lists say. @throws AwsFailure */
  isBlocked(bucketName: string): Promise<boolean>
}

/** @source Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage" (the four settings together) */
export function createPublicAccess(settings: AwsSettings): PublicAccess {
  // Bucket names lie in the path: an emulator has one name.
  const client = failingPlainly('s3', new S3Client({ ...clientOptions(settings), forcePathStyle: true }))
  return {
    async isBlocked(Bucket) {
      try {
        const asked = await client.send(new GetPublicAccessBlockCommand({ Bucket }))
        const block = asked.PublicAccessBlockConfiguration ?? {}
        return [
          block.BlockPublicAcls,
          block.BlockPublicPolicy,
          block.IgnorePublicAcls,
          block.RestrictPublicBuckets,
        ].every((one) => one === true)
      } catch (error) {
        if (isRefusedAs(error, 'NoSuchPublicAccessBlockConfiguration')) return false
        throw error
      }
    },
  }
}
