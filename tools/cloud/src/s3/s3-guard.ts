import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import type { MotoClients } from '../moto/moto-clients.ts'
import type { Guard } from '../server/own-api.ts'
import { s3Address } from '../server/s3-action.ts'
import { AwsError } from '../wire/aws-error.ts'
import { answerLoggingCall } from './bucket-logging.ts'
import type { BucketOwners } from './bucket-owners.ts'
import { policyForMoto, policyFromMoto } from './policy-in-moto.ts'

/**
 * S3: a bucket of another account is out of reach, whatever its policy says (that AWS would let some policies grant it is
 * left out on purpose), and a name that anybody has is taken.
 * @source Amazon S3 API Reference, "CreateBucket" and "HeadBucket"
 */
export function s3Guard(owners: BucketOwners, clients: MotoClients): Guard {
  return {
    name: 's3',
    before: async ({ action, request, accountId, region }) => {
      const { bucket } = s3Address(request.path)
      const owner = owners.of(bucket)
      if (owner === undefined || owner === accountId || accountId === '') {
        const given = request.body.toString('utf8')
        const Policy = action === 'PutBucketPolicy' ? policyForMoto(given) : given
        if (Policy === given) return answerLoggingCall(owners, action, bucket, accountId, request)
        await clients(accountId, region).s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
        return { status: 204, headers: {}, body: '' }
      }
      if (action === 'CreateBucket') throw bucketTaken()
      throw new AwsError('AccessDenied', 'Access Denied', 403)
    },
    after: ({ action, request, accountId }, answer) => {
      const { bucket } = s3Address(request.path)
      if (action === 'CreateBucket' && answer.status === 200) owners.set(bucket, accountId)
      if (action === 'DeleteBucket' && answer.status === 204) owners.delete(bucket)
      if (action !== 'GetBucketPolicy' || answer.status !== 200) return answer
      return { ...answer, body: policyFromMoto(answer.body.toString()) }
    },
  }
}

/** What a name that somebody else has is refused with. */
export function bucketTaken(): AwsError {
  return new AwsError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    409,
  )
}
