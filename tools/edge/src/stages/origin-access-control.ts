import type { Origin } from '../config/distribution.ts'

/**
 * Signs a request for an origin with access control: id of the distribution that signed, or undefined. `always`
 * overwrites the viewer's Authorization; `no-override` gives way to it; `never` signs nothing. No signature is made:
 * the stand-ins of the origins trust the mark, which no viewer can send. `headers` are changed in place.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin" and "Restrict access
 * to an Amazon S3 origin", advanced settings for origin access control
 */
export function signRequest(headers: Headers, { accessControl }: Origin, distributionId: string): string | undefined {
  if (accessControl === undefined || accessControl.signingBehavior === 'never') return undefined
  if (accessControl.signingBehavior === 'no-override' && headers.has('authorization')) return undefined
  headers.delete('authorization')
  return distributionId
}
