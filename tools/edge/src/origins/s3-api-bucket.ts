import type { Readable } from 'node:stream'
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { OriginGrants } from '../config/distribution.ts'
import { webStream } from '../web-stream.ts'
import { OriginError, type OriginFetcher, type OriginRequest } from './origin.ts'
import { keyOf, noSuchKey, refusalBeforeKey, s3Error } from './s3-answer.ts'

export interface S3ApiBucketOptions {
  readonly s3: S3Client
  readonly bucket: string
  readonly grants: OriginGrants | undefined
}

/**
 * A bucket that lies behind S3's API, with the bucket policy's word on who may read it: the client's own credentials may
 * do more than the distribution that asks.
 * @source Amazon S3 API Reference, "GetObject" and "HeadObject"
 */
export function createS3ApiBucket({ s3, bucket, grants }: S3ApiBucketOptions): OriginFetcher {
  return async (request) => {
    const refusal = refusalBeforeKey(request, grants)
    if (refusal !== undefined) return refusal
    const Key = keyOf(request.target)
    if (Key === undefined) return noSuchKey(grants, request.method)
    const input = { Bucket: bucket, Key, ...conditionsOf(request.headers) }
    try {
      if (request.method === 'HEAD') return answerOf(await s3.send(new HeadObjectCommand(input)), undefined)
      const abortSignal = request.signal
      const found = await s3.send(new GetObjectCommand(input), { abortSignal })
      return answerOf(found, found.Body as Readable | undefined)
    } catch (error) {
      return refused(error, request, grants)
    }
  }
}

function conditionsOf(headers: Headers): Partial<GetObjectCommandInput> {
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  const [range, held] = [headers.get('range'), headers.get('if-none-match')]
  return {
    ...(range === null ? {} : { Range: range }),
    ...(held === null ? {} : { IfNoneMatch: held }),
    // If-None-Match decides alone when it is there. @source RFC 9110 section 13.2.2
    ...(Number.isNaN(since) || held !== null ? {} : { IfModifiedSince: new Date(since) }),
  }
}

function answerOf(found: GetObjectCommandOutput | HeadObjectCommandOutput, body: Readable | undefined): Response {
  const isPart = found.ContentRange !== undefined
  const said: readonly (readonly [string, string | undefined])[] = [
    ['accept-ranges', 'bytes'],
    ['cache-control', found.CacheControl],
    ['content-disposition', found.ContentDisposition],
    ['content-encoding', found.ContentEncoding],
    ['content-language', found.ContentLanguage],
    ['content-length', found.ContentLength === undefined ? undefined : String(found.ContentLength)],
    ['content-range', found.ContentRange],
    ['content-type', found.ContentType],
    ['etag', found.ETag],
    ['last-modified', found.LastModified?.toUTCString()],
    ['server', 'AmazonS3'],
    ['x-amz-version-id', found.VersionId],
    ...Object.entries(found.Metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value] as const),
  ]
  const headers = new Headers()
  for (const [name, value] of said) if (value !== undefined && value !== '') headers.set(name, value)
  return new Response(body === undefined ? null : webStream(body), { status: isPart ? 206 : 200, headers })
}

function refused(error: unknown, { method, signal }: OriginRequest, grants: OriginGrants | undefined): Response {
  if (!(error instanceof S3ServiceException)) {
    throw signal.aborted || isUnreachable(error) ? new OriginError('origin_down', { cause: error }) : error
  }
  const status = error.$metadata.httpStatusCode ?? 500
  if (status === 304) return new Response(null, { status, headers: notModifiedHeaders(error) })
  if (status === 404) return noSuchKey(grants, method)
  return s3Error(status, error.name, method)
}

function notModifiedHeaders({ $response }: S3ServiceException): Headers {
  const headers = new Headers({ server: 'AmazonS3' })
  for (const name of ['etag', 'cache-control', 'last-modified']) {
    const value = $response?.headers[name]
    if (value !== undefined) headers.set(name, value)
  }
  return headers
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^E(CONN|PIPE|TIMEDOUT)/.test(String(error.code))
}
