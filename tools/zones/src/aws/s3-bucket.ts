import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { PrunableBucket } from '../release/bucket.ts'
import { AwsFailure, isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'
import { answerDates } from './secrets-manager-clock.ts'

/**
 * Buckets of S3. What is written says its SHA-256, S3 refuses other bytes, and a look at it gets that digest back.
 * @source Amazon S3 User Guide, "Checking object integrity" and "How to prevent object overwrites with conditional writes"
 */
export function createBuckets(settings: AwsSettings): (name: string) => PrunableBucket {
  // An emulator has one host name for every bucket.
  const client = failingPlainly(
    's3',
    new S3Client({ ...clientOptions(settings), forcePathStyle: settings.endpoint !== undefined }),
  )
  const answeredAtMs = answerDates(client)
  const listed = (Bucket: string, Prefix: string, Delimiter?: string) =>
    everyPage(async (ContinuationToken) => {
      const asked = { Bucket, Prefix, ContinuationToken, ...(Delimiter === undefined ? {} : { Delimiter }) }
      const {
        Contents = [],
        CommonPrefixes = [],
        NextContinuationToken,
      } = await client.send(new ListObjectsV2Command(asked))
      const items = [
        ...Contents.map(({ Key = '' }) => ({ kind: 'key', name: Key })),
        ...CommonPrefixes.map((one) => ({ kind: 'folder', name: one.Prefix ?? '' })),
      ]
      return { items, next: NextContinuationToken }
    })

  return (Bucket) => ({
    async read(Key) {
      const answer = await orNothing(client.send(new GetObjectCommand({ Bucket, Key })))
      if (answer?.Body === undefined) return undefined
      const nowMs = answeredAtMs(answer)
      if (nowMs === undefined || answer.LastModified === undefined) throw undated()
      const text = await answer.Body.transformToString('utf8')
      return { text, etag: answer.ETag ?? '', writtenAtMs: answer.LastModified.getTime(), nowMs }
    },

    async write(Key, text, condition) {
      const put = new PutObjectCommand({
        Bucket,
        Key,
        Body: text,
        ContentType: 'application/json',
        CacheControl: 'no-store',
        ...(condition.kind === 'absent' ? { IfNoneMatch: '*' } : {}),
        ...(condition.kind === 'unchanged' ? { IfMatch: condition.etag } : {}),
      })
      try {
        const { ETag = '' } = await client.send(put)
        return { kind: 'written', etag: ETag }
      } catch (error) {
        if (condition.kind !== 'any' && isOvertaken(error)) return { kind: 'overtaken' }
        throw error
      }
    },

    async file(Key) {
      const answer = await orNothing(client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })))
      return answer?.Body?.transformToByteArray()
    },

    async put(Key, bytes, { sha256, contentType, cacheControl }, on) {
      const put = new PutObjectCommand({
        Bucket,
        Key,
        Body: bytes,
        ContentType: contentType,
        ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        ...(on === 'absent' ? { IfNoneMatch: '*' } : {}),
      })
      try {
        await client.send(put)
        return 'written'
      } catch (error) {
        if (on === 'absent' && isOvertaken(error)) return 'there'
        throw error
      }
    },

    async sha256(Key) {
      const answer = await orNothing(client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })))
      if (answer === undefined) return undefined
      return Buffer.from(answer.ChecksumSHA256 ?? '', 'base64').toString('hex')
    },

    async keys(prefix) {
      return (await listed(Bucket, prefix)).map(({ name }) => name)
    },

    async folders(prefix) {
      const all = await listed(Bucket, prefix, '/')
      return all.flatMap(({ kind, name }) => (kind === 'folder' ? [name.slice(prefix.length, -1)] : []))
    },

    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }))
    },
  })
}

/** Two at the same moment: the one that comes second is told one of these. */
function isOvertaken(error: unknown): boolean {
  return isRefusedAs(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')
}

/** What is not there is an answer. Who may list a bucket is told so; others get 403. */
async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isRefusedAs(error, 'NoSuchKey', 'NotFound')) return undefined
    throw error
  }
}

function undated(): AwsFailure {
  return new AwsFailure({
    code: 'unavailable',
    action: 's3:GetObject',
    errorName: 'NoDate',
    message: 'S3 answered without a date, so that nobody can say whose time is up.',
    next: 'Run the same command again without a proxy in between.',
  })
}
