import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { lookup } from 'mime-types'
import type { OriginGrants } from '../config/distribution.ts'
import { webStream } from '../web-stream.ts'
import { type BucketFile, createETags } from './file-etags.ts'
import type { OriginFetcher, OriginRequest } from './origin.ts'
import { keyOf, noSuchKey, refusalBeforeKey, s3Error } from './s3-answer.ts'

export interface S3BucketOptions {
  readonly grants: OriginGrants | undefined
  /** Where a key lies, or undefined when the bucket holds no such key. Keys are decoded and have no leading slash. */
  readonly placeOf: (key: string) => BucketPlace | undefined
}

export interface BucketPlace {
  /** Nothing outside of this folder is ever read. */
  readonly folder: string
  /** Below the folder. */
  readonly path: string
  readonly cacheControl: string | undefined
}

/**
 * A private bucket over a folder of files. It answers those that a granted distribution signed for; a missing key is
 * 404 for who may list the bucket, 403 for all others. Single ranges and conditional requests are served.
 * @source Amazon S3 API Reference, "GetObject" and "Error responses"
 */
export function createS3Bucket({ grants, placeOf }: S3BucketOptions): OriginFetcher {
  const etags = createETags()
  return async (request) => {
    const refusal = refusalBeforeKey(request, grants)
    if (refusal !== undefined) return refusal
    const key = keyOf(request.target)
    const place = key === undefined ? undefined : placeOf(key)
    const file = place === undefined ? undefined : await fileAt(place)
    if (place === undefined || file === undefined) return noSuchKey(grants, request.method)
    const headers = new Headers({
      'accept-ranges': 'bytes',
      'content-type': lookup(place.path) || 'binary/octet-stream',
      etag: await etags(file),
      'last-modified': new Date(file.modifiedMs).toUTCString(),
      server: 'AmazonS3',
    })
    if (place.cacheControl !== undefined) headers.set('cache-control', place.cacheControl)
    return answer(request, file, headers)
  }
}

function answer(request: OriginRequest, { path, bytes, modifiedMs }: BucketFile, headers: Headers): Response {
  if (isUnchanged(request.headers, headers.get('etag') ?? '', modifiedMs))
    return new Response(null, { status: 304, headers })
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '')
  const [, from = '', to = ''] = range ?? []
  const isPart = from !== '' || to !== ''
  const first = from === '' && isPart ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (isPart && (first > last || first >= bytes)) return s3Error(416, 'InvalidRange', request.method)
  headers.set('content-length', String(isPart ? last - first + 1 : bytes))
  if (isPart) headers.set('content-range', `bytes ${first}-${last}/${bytes}`)
  const status = isPart ? 206 : 200
  if (request.method === 'HEAD' || bytes === 0) return new Response(null, { status, headers })
  const stream = createReadStream(path, isPart ? { start: first, end: last } : {})
  return new Response(webStream(stream), { status, headers })
}

/** If-None-Match decides alone when it is there. @source RFC 9110 section 13.2.2 */
function isUnchanged(asked: Headers, etag: string, modifiedMs: number): boolean {
  const held = asked.get('if-none-match')
  if (held !== null) return held === '*' || held.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  const since = Date.parse(asked.get('if-modified-since') ?? '')
  return Math.floor(modifiedMs / 1000) * 1000 <= since
}

/** A file whose real place, links followed, is below the folder. */
async function fileAt({ folder, path }: BucketPlace): Promise<BucketFile | undefined> {
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    const facts = await stat(real)
    if (!real.startsWith(root + sep) || !facts.isFile()) return undefined
    return { path: real, bytes: facts.size, modifiedMs: facts.mtimeMs }
  } catch {
    return undefined
  }
}
