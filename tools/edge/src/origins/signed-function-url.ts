import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Origin } from '../config/distribution.ts'
import { createOriginFetcher, type OriginPatience } from '../fetch-origin.ts'
import type { OriginFetcher, OriginRequest } from './origin.ts'

/** A key that CloudFront signs with. */
export interface SigningKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface SignedFunctionUrlOptions {
  readonly origin: Pick<Origin, 'domainName'> & OriginPatience
  /** The listener that stands for all function URLs and tells them apart by Host. */
  readonly listener: URL
  readonly key: SigningKey
  readonly region: string
  /** ARN of a distribution, by its id. */
  readonly arnOf: (distributionId: string) => string
  readonly nowMs: () => number
}

/**
 * A function behind its URL, asked as CloudFront asks: under the URL's own name and, where origin access control signs,
 * with a signature that names the distribution. What is refused, the other side refuses.
 * @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin"; IAM User Guide, "Create
 * a signed AWS API request"
 */
export function createSignedFunctionUrl(options: SignedFunctionUrlOptions): OriginFetcher {
  const { origin, listener, key, region, arnOf, nowMs } = options
  const ask = createOriginFetcher(listener, origin)
  const signer = new SignatureV4({
    ...{ credentials: key, region, service: 'lambda', applyChecksum: false },
    sha256: Hash.bind(null, 'sha256'),
  })
  const fetcher = async (request: OriginRequest): Promise<Response> => {
    if (request.signedBy === undefined) return ask(request)
    const { method, target } = request
    const headers = new Headers(request.headers)
    // The hash is the viewer's own: CloudFront sees no more of a body than that.
    const hash = headers.get('x-amz-content-sha256')
    const { pathname, query } = partsOf(target)
    const signed = await signer.sign(
      {
        ...{ method, protocol: 'https:', hostname: origin.domainName, path: pathname, query },
        headers: {
          host: headers.get('host') ?? origin.domainName,
          'x-amz-source-arn': arnOf(request.signedBy),
          ...(hash === null ? {} : { 'x-amz-content-sha256': hash }),
        },
      },
      { signingDate: new Date(nowMs()) },
    )
    for (const [name, value] of Object.entries(signed.headers)) headers.set(name, value)
    return ask({ ...request, headers })
  }
  return Object.assign(fetcher, { close: () => ask.close?.() ?? Promise.resolve() })
}

/** The path as it is sent, and the query as a form reads it. */
function partsOf(target: string): { readonly pathname: string; readonly query: Record<string, string[]> } {
  const end = target.indexOf('?')
  const parameters = new URLSearchParams(end === -1 ? '' : target.slice(end + 1))
  return {
    pathname: end === -1 ? target : target.slice(0, end),
    query: Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)])),
  }
}
