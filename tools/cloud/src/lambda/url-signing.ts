import { createHash, timingSafeEqual } from 'node:crypto'
import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'

/*
 * How the front door signs for functions, so that the data plane believes it.
 *
 * CloudFront signs with credentials of its own, and says for which distribution. So does the front door here:
 * - AWS Signature Version 4, service `lambda`, region of the URL, with the key of `cloud.functions.frontDoor`. The key is
 *   made up anew for each cloud and belongs to the principal `cloudfront.amazonaws.com`; nobody else has it.
 * - `x-amz-source-arn` holds the distribution's ARN. It is signed, as are `host` (the URL's own name) and `x-amz-date`.
 * - The payload hash that is signed is the viewer's `x-amz-content-sha256`, which is passed on and signed as a header;
 *   without one it is the hash of nothing. So a write whose body the viewer did not hash is refused here, as by Lambda.
 * - The query is read as URLSearchParams reads it, the path is signed as it is sent.
 * @source Amazon CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin"; IAM User Guide,
 * "Create a signed AWS API request"
 */

/** A key that a service of AWS signs with. */
export interface SigningKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Names the resource on whose behalf a service of AWS calls. */
export const SOURCE_ARN_HEADER = 'x-amz-source-arn'

/** A request whose signature is to be looked at. */
export interface SignedRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What a signature says. `unsigned`: there is none, or its key is nobody's. */
export type Signature =
  | { readonly kind: 'signed'; readonly sourceArn: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'wrong' }

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/
const MUST_BE_SIGNED = ['host', 'x-amz-date', SOURCE_ARN_HEADER]
/** @source IAM User Guide, "Troubleshoot Signature Version 4 signing for AWS API requests": the clock may be five minutes off */
const MAX_SKEW_MS = 300_000

/** Verifies a signature by making it again. A body that was not hashed, or not to what was signed, makes it wrong. */
export async function readSignature(
  { method, target, headers, body }: SignedRequest,
  key: SigningKey,
  region: string,
  nowMs: number,
): Promise<Signature> {
  const { authorization = '', 'x-amz-date': date = '', 'x-amz-content-sha256': said } = headers
  const [, accessKeyId, day, scopeRegion, service, names = '', given = ''] = AUTHORIZATION.exec(authorization) ?? []
  if (accessKeyId !== key.accessKeyId) return { kind: 'unsigned' }
  const signedAt = dateOf(date)
  const signed = names.split(';')
  if (signedAt === undefined || MUST_BE_SIGNED.some((name) => !signed.includes(name))) return { kind: 'wrong' }
  if (service !== 'lambda' || scopeRegion !== region || day !== date.slice(0, 8)) return { kind: 'wrong' }
  if (Math.abs(nowMs - signedAt.getTime()) > MAX_SKEW_MS) return { kind: 'expired' }
  const hash = createHash('sha256').update(body).digest('hex')
  if (said !== undefined && (said !== hash || !signed.includes('x-amz-content-sha256'))) return { kind: 'wrong' }
  const url = new URL(target, 'http://origin')
  const signer = new SignatureV4({
    ...{ credentials: key, region, service, applyChecksum: false },
    sha256: Hash.bind(null, 'sha256'),
  })
  const { headers: again } = await signer.sign(
    {
      ...{ method, protocol: 'https:', hostname: headers.host ?? '', path: target.split('?')[0] ?? '/' },
      query: queryOf(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, headers[name] ?? ''])),
      body,
    },
    { signingDate: signedAt, signableHeaders: new Set(signed) },
  )
  const right = AUTHORIZATION.exec(again.authorization ?? '')?.[6] ?? ''
  if (right.length !== given.length || !timingSafeEqual(Buffer.from(right), Buffer.from(given))) {
    return { kind: 'wrong' }
  }
  return { kind: 'signed', sourceArn: headers[SOURCE_ARN_HEADER] ?? '' }
}

function queryOf(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))
}

/** The moment that `x-amz-date` names, such as `20261128T161500Z`. */
function dateOf(text: string): Date | undefined {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(text) ?? []
  if (day === undefined || time === undefined) return undefined
  const iso = `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? undefined : date
}
