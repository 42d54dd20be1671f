import type { Forward } from '@sax/edge'
import type { Distribution, Origin } from '@sax/edge/config'

/** Writes whose body origin access control cannot sign for the viewer. */
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Why an origin would refuse a request that reaches it, as far as the configuration tells; empty when nothing speaks
 * against it.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin" and "Restrict access to
 * an Amazon S3 origin"
 */
export function refusalsOf(origin: Origin, { id }: Pick<Distribution, 'id'>, decision: Forward): readonly string[] {
  const { trace, request, viewer } = decision
  const signed = trace.origin?.signed === true
  const refusals: string[] = []
  if (origin.kind !== 'custom' && trace.origin?.forwarded.includes('host')) {
    refusals.push("403: the viewer's Host is forwarded, and the origin answers to its own name only")
  }
  const { grants } = origin
  if (grants !== undefined && grants.authType !== 'NONE') {
    const anybody = grants.distributions.includes('*')
    if (!signed && !(anybody && origin.kind === 's3')) {
      refusals.push('403: the origin takes signed requests only, and this one is not signed')
    } else if (!anybody && !grants.distributions.includes(id)) {
      refusals.push(`403: the origin lets ${id} not in; its policy has to name this distribution`)
    }
  }
  const hash = viewer.headers.has('x-amz-content-sha256')
  if (origin.kind === 'function-url' && signed && WRITES.includes(request.method) && !hash) {
    refusals.push('403: a body behind origin access control needs x-amz-content-sha256, which is not sent')
  }
  return refusals
}
