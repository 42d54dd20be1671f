import * as sdk from '@aws-sdk/client-s3'
import { AwsError } from '../wire/aws-error.ts'
import type { CloudAnswer, CloudRequest } from '../wire/messages.ts'
import { operationsOf } from '../wire/operations.ts'
import { payloadOf } from '../wire/rest-bindings.ts'
import { structFromXml } from '../wire/xml-reader.ts'
import { xmlMembers } from '../wire/xml-writer.ts'
import type { BucketOwners } from './bucket-owners.ts'

const operations = operationsOf(sdk)

/**
 * Where a bucket's access is logged to. Own, because moto fails on policies that name everybody, and asks for rights of
 * the target at a moment when AWS does not. @source Amazon S3 API Reference, "PutBucketLogging"
 * @throws AwsError InvalidTargetBucketForLogging
 */
export function setLogging(
  buckets: BucketOwners,
  bucket: string,
  accountId: string,
  logging: sdk.LoggingEnabled | undefined,
): void {
  if (logging !== undefined && buckets.of(logging.TargetBucket ?? '') !== accountId) {
    throw new AwsError('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist')
  }
  buckets.setLogging(bucket, logging)
}

/** Answers the calls that set and read it; undefined for other calls. */
export function answerLoggingCall(
  buckets: BucketOwners,
  action: string,
  bucket: string,
  accountId: string,
  { body }: CloudRequest,
): CloudAnswer | undefined {
  if (buckets.of(bucket) !== accountId) return undefined
  const headers = { 'content-type': 'application/xml' }
  if (action === 'PutBucketLogging') {
    const input = operations.get(action)?.input
    const payload = input && payloadOf(input)
    const given = payload === undefined ? {} : structFromXml(payload.schema, body.toString('utf8'))
    setLogging(buckets, bucket, accountId, (given as sdk.BucketLoggingStatus).LoggingEnabled)
    return { status: 200, headers, body: '' }
  }
  const output = action === 'GetBucketLogging' ? operations.get(action)?.output : undefined
  if (output === undefined) return undefined
  const members = xmlMembers(output, { LoggingEnabled: buckets.logging(bucket) })
  const body200 = `<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${members}</BucketLoggingStatus>`
  return { status: 200, headers, body: body200 }
}
