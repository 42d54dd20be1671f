import type { S3Client } from '@aws-sdk/client-s3'
import { MAX_MEDIA_BYTES } from './judge-media.ts'
import { isMediaKey, MediaStorageError } from './media-key.ts'
import type { MediaStorage, StoredMedia } from './media-ports.ts'

export interface S3StorageOptions {
  /** Name of the bucket. It is private and encrypts by itself: nothing is said of either with an object. */
  readonly bucket: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Default: AWS's own. Another one is an emulator's, with one host name for every bucket. */
  readonly endpoint?: string | undefined
}

const CONNECT_TIMEOUT_MS = 1_000
const REQUEST_TIMEOUT_MS = 5_000
const MOST_ATTEMPTS = 3

/**
 * A private bucket of S3. Who is given its name and credentials that may put and get is all that it takes; nobody is
 * given an address in it. The client is made when it is first needed: most requests to the API need no picture, and its
 * code is most of what a cold start would read. Who reads may list the bucket as well: without that S3 says of what is not
 * there that it is denied (403), and a person would be told to try again for ever.
 * @source Amazon S3 API Reference, "PutObject", "DeleteObject" and "GetObject" (404 with s3:ListBucket, 403 without);
 *   Amazon S3 User Guide, "Setting default server-side
 *   encryption behavior for Amazon S3 buckets"
 */
export function s3Storage(options: S3StorageOptions): MediaStorage {
  const { bucket: Bucket } = options
  let made: Promise<{ readonly sdk: typeof import('@aws-sdk/client-s3'); readonly client: S3Client }> | undefined
  const s3 = () => {
    made ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: clientOf(sdk, options) }))
    return made
  }

  return {
    put: async (Key, bytes, ContentType) => {
      if (!isMediaKey(Key)) throw new MediaStorageError('not_a_name')
      if (bytes.length > MAX_MEDIA_BYTES) throw new MediaStorageError('too_large')
      const { sdk, client } = await s3()
      await client
        .send(new sdk.PutObjectCommand({ Bucket, Key, Body: bytes, ContentType, ContentLength: bytes.length }))
        .catch(unavailable)
    },

    get: async (Key, part): Promise<StoredMedia | undefined> => {
      if (!isMediaKey(Key)) throw new MediaStorageError('not_a_name')
      const { sdk, client } = await s3()
      const Range = part && `bytes=${part.first}-${part.last}`
      const found = await client
        .send(new sdk.GetObjectCommand({ Bucket, Key, ...(Range === undefined ? {} : { Range }) }))
        .catch((error: unknown) => (error instanceof sdk.NoSuchKey ? undefined : unavailable(error)))
      if (found?.Body === undefined) return undefined
      if ((found.ContentLength ?? 0) > MAX_MEDIA_BYTES) {
        await found.Body.transformToWebStream().cancel()
        throw new MediaStorageError('too_large')
      }
      return { bytes: found.ContentLength ?? 0, body: found.Body.transformToWebStream() }
    },

    remove: async (Key) => {
      if (!isMediaKey(Key)) throw new MediaStorageError('not_a_name')
      const { sdk, client } = await s3()
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key })).catch(unavailable)
    },
  }
}

function clientOf(sdk: typeof import('@aws-sdk/client-s3'), options: S3StorageOptions): S3Client {
  const { region, credentials, endpoint } = options
  return new sdk.S3Client({
    region,
    credentials,
    maxAttempts: MOST_ATTEMPTS,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
  })
}

/** What S3 says of its failures names the bucket and the key; the code is enough for a person, the cause for a log. */
function unavailable(cause: unknown): never {
  throw new MediaStorageError('unavailable', { cause })
}
