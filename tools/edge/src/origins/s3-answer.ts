import type { OriginGrants } from '../config/distribution.ts'
import { isGranted } from './function-url.ts'
import type { OriginRequest } from './origin.ts'

const METHODS = ['GET', 'HEAD', 'OPTIONS']

/** What S3 refuses of a request before it looks for the key; undefined: nothing. @source Amazon S3 API Reference, "Error responses" */
export function refusalBeforeKey(
  { method, signedBy }: OriginRequest,
  grants: OriginGrants | undefined,
): Response | undefined {
  if (!METHODS.includes(method)) return s3Error(405, 'MethodNotAllowed', method)
  const isOpen = grants?.distributions.includes('*') === true
  if (!isOpen && !isGranted(grants, signedBy)) return s3Error(403, 'AccessDenied', method)
  return method === 'OPTIONS' ? s3Error(403, 'AccessForbidden', method) : undefined
}

/** A missing key: 404 for who may list the bucket, 403 for all others. */
export function noSuchKey(grants: OriginGrants | undefined, method: string): Response {
  return grants?.mayList === true ? s3Error(404, 'NoSuchKey', method) : s3Error(403, 'AccessDenied', method)
}

export function s3Error(status: number, code: string, method: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`
  return new Response(method === 'HEAD' ? null : body, {
    status,
    headers: { 'content-type': 'application/xml', server: 'AmazonS3' },
  })
}

/** The key a target names: its decoded path. Undefined: it names none. */
export function keyOf(target: string): string | undefined {
  try {
    const key = decodeURIComponent(target.replace(/\?.*$/s, '').slice(1))
    return key === '' || key.includes('\0') ? undefined : key
  } catch {
    return undefined
  }
}
