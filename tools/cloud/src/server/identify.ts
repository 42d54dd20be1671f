import { AwsError } from '../wire/aws-error.ts'
import type { CloudRequest } from '../wire/messages.ts'
import { formOf } from '../wire/query-protocol.ts'
import { s3Action } from './s3-action.ts'

/** Whom a request is for, and who signed it. */
export interface Addressed {
  /** Name that the request is signed for, such as `cloudformation`, `s3` or `monitoring`. */
  readonly service: string
  readonly region: string
  /** Undefined: not signed, which only S3 bears. */
  readonly accessKeyId?: string
}

const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/

/**
 * Reads the scope that a request is signed for. @source AWS General Reference, "Create a signed AWS API request"
 * @throws AwsError MissingAuthenticationToken
 */
export function addressee({ headers, query }: CloudRequest): Addressed {
  const inQuery = new URLSearchParams(query).get('X-Amz-Credential')
  const scope = CREDENTIAL.exec(inQuery === null ? (headers.authorization ?? '') : `Credential=${inQuery}`)
  if (scope !== null) {
    const [, accessKeyId = '', region = '', service = ''] = scope
    return { accessKeyId, region, service }
  }
  if (headers.authorization !== undefined || headers['x-amz-target'] !== undefined) {
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
  }
  return { service: 's3', region: 'us-east-1' }
}

/** Name of the operation of a service that is passed on, as far as it can be told; else method and path. */
export function actionOf({ service }: Addressed, request: CloudRequest): string {
  const target = request.headers['x-amz-target']
  if (target !== undefined) return target.split('.').at(-1) ?? target
  if (service === 's3') return s3Action(request)
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  const action = isForm || request.query.includes('Action=') ? formOf(request).get('Action') : null
  return action ?? `${request.method} ${request.path}`
}
