import type { CloudRequest } from '../wire/messages.ts'

/** Subresources by query parameter: what is read, written and deleted under which name. */
const SUBRESOURCES: readonly (readonly [query: string, name: string])[] = [
  ['versioning', 'BucketVersioning'],
  ['encryption', 'BucketEncryption'],
  ['publicAccessBlock', 'PublicAccessBlock'],
  ['ownershipControls', 'BucketOwnershipControls'],
  ['lifecycle', 'BucketLifecycleConfiguration'],
  ['policyStatus', 'BucketPolicyStatus'],
  ['policy', 'BucketPolicy'],
  ['logging', 'BucketLogging'],
  ['cors', 'BucketCors'],
  ['website', 'BucketWebsite'],
  ['notification', 'BucketNotificationConfiguration'],
  ['replication', 'BucketReplication'],
  ['location', 'BucketLocation'],
]

/** Bucket and key of a request, from its path. @source Amazon S3 User Guide, "Path-style requests" */
export function s3Address(path: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', ...rest] = path.split('/')
  return { bucket: decodeURIComponent(bucket), key: rest.join('/') }
}

/** Name of the S3 operation that a request in path style asks for. @source Amazon S3 API Reference, "Amazon S3 API actions" */
export function s3Action({ method, path, query, headers }: CloudRequest): string {
  const parameters = new URLSearchParams(query)
  const { bucket, key } = s3Address(path)
  if (bucket === '') return 'ListBuckets'
  return key === '' ? bucketAction(method, parameters) : objectAction(method, parameters, headers)
}

function bucketAction(method: string, parameters: URLSearchParams): string {
  const subresource = SUBRESOURCES.find(([name]) => parameters.has(name))?.[1]
  if (subresource !== undefined) return `${verbOf(method)}${subresource}`
  if (parameters.has('tagging')) return `${verbOf(method)}BucketTagging`
  if (parameters.has('acl')) return `${verbOf(method)}BucketAcl`
  if (parameters.has('delete')) return 'DeleteObjects'
  if (parameters.has('versions')) return 'ListObjectVersions'
  if (parameters.has('uploads')) return 'ListMultipartUploads'
  if (method === 'GET') return parameters.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects'
  return `${method === 'HEAD' ? 'Head' : method === 'PUT' ? 'Create' : verbOf(method)}Bucket`
}

function objectAction(method: string, parameters: URLSearchParams, headers: CloudRequest['headers']): string {
  if (parameters.has('tagging')) return `${verbOf(method)}ObjectTagging`
  if (parameters.has('acl')) return `${verbOf(method)}ObjectAcl`
  if (parameters.has('uploads')) return 'CreateMultipartUpload'
  if (parameters.has('uploadId')) {
    const multipart = {
      GET: 'ListParts',
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    }
    return multipart[method as keyof typeof multipart] ?? method
  }
  if (method === 'HEAD') return 'HeadObject'
  if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject'
  return `${verbOf(method)}Object`
}

function verbOf(method: string): string {
  return { GET: 'Get', HEAD: 'Get', PUT: 'Put', POST: 'Post', DELETE: 'Delete' }[method] ?? method
}
