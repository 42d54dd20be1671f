import type { CloudRequest } from '../wire/messages.ts'
import { formOf } from '../wire/query-protocol.ts'
import type { Addressed } from './identify.ts'
import { keyParameters } from './key-parameters.ts'
import { s3Address } from './s3-action.ts'

/** What is kept of a call that is passed on: telling names from its JSON, its form or its path. */
export function passedParameters({ service }: Addressed, request: CloudRequest): Readonly<Record<string, string>> {
  const { headers, path } = request
  if (service === 's3') {
    const { bucket, key } = s3Address(path)
    return { ...(bucket === '' ? {} : { Bucket: bucket }), ...(key === '' ? {} : { Key: decodeURIComponent(key) }) }
  }
  const type = headers['content-type'] ?? ''
  if (type.includes('json')) return keyParameters(objectIn(request.body.toString('utf8')))
  if (type.startsWith('application/x-www-form-urlencoded')) return keyParameters(Object.fromEntries(formOf(request)))
  return {}
}

/** The object a text holds; none where it holds something else, which the service then says. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
