import type { Origin } from '@sax/edge/config'

/** Writes whose body origin access control cannot sign for the viewer. */
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/** A request as it reaches an origin. */
export interface Reaching {
  /** Id of the distribution that asks. */
  readonly distribution: string
  readonly method: string
  readonly signed: boolean
  /** Names of the viewer's headers that are sent on. */
  readonly forwarded: readonly string[]
}

/**
 * Why an origin would refuse a request that reaches it, as far as the configuration tells; empty when nothing speaks
 * against it.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin" and "Restrict access to
 * an Amazon S3 origin"
 */
export function refusalsOf(
  { kind, grants }: Pick<Origin, 'kind' | 'grants'>,
  { distribution, method, signed, forwarded }: Reaching,
): readonly string[] {
  const refusals: string[] = []
  if (kind !== 'custom' && forwarded.includes('host')) {
    refusals.push("403: the viewer's Host is forwarded, and the origin answers to its own name only")
  }
  if (grants !== undefined && grants.authType !== 'NONE') {
    const anybody = grants.distributions.includes('*')
    if (!signed && !(anybody && kind === 's3')) {
      refusals.push('403: the origin takes signed requests only, and this one is not signed')
    } else if (!anybody && !grants.distributions.includes(distribution)) {
      refusals.push(`403: the origin does not let ${distribution} in; its policy has to name this distribution`)
    }
  }
  const hasHash = forwarded.includes('x-amz-content-sha256')
  if (kind === 'function-url' && signed && WRITES.includes(method) && !hasHash) {
    refusals.push('403: a body behind origin access control needs x-amz-content-sha256, which is not sent')
  }
  return refusals
}
