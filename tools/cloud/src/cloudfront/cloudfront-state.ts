import { randomBytes } from 'node:crypto'
import type * as sdk from '@aws-sdk/client-cloudfront'
import type { Certificates } from '../acm/certificates.ts'
import { AwsError } from '../wire/aws-error.ts'

export interface StoredDistribution {
  readonly id: string
  readonly arn: string
  readonly accountId: string
  readonly domainName: string
  config: sdk.DistributionConfig
  etag: string
  modifiedAt: Date
  /** So many looks still show it being deployed. */
  looksLeft: number
  readonly tags: Map<string, string>
  /** Whether additional metrics are on; undefined: nobody said. */
  metrics?: 'Enabled' | 'Disabled'
  readonly invalidations: StoredInvalidation[]
}

export interface StoredInvalidation {
  readonly id: string
  readonly createdAt: Date
  readonly batch: sdk.InvalidationBatch
  looksLeft: number
}

export interface StoredFunction {
  readonly name: string
  readonly arn: string
  readonly accountId: string
  readonly createdAt: Date
  config: sdk.FunctionConfig
  code: Uint8Array
  etag: string
  modifiedAt: Date
  /** What was published last. */
  live?: { readonly config: sdk.FunctionConfig; readonly code: Uint8Array; readonly etag: string; readonly at: Date }
  readonly tags: Map<string, string>
}

/** A policy, or an origin access control: a configuration with an id, a name that is taken, and a changing tag. */
export interface StoredConfig<Config> {
  readonly id: string
  readonly accountId: string
  config: Config
  etag: string
  modifiedAt: Date
}

/** Everything CloudFront has, of all accounts. */
export class CloudFrontState {
  readonly distributions = new Map<string, StoredDistribution>()
  readonly functions = new Map<string, StoredFunction>()
  readonly cachePolicies = new Map<string, StoredConfig<sdk.CachePolicyConfig>>()
  readonly originRequestPolicies = new Map<string, StoredConfig<sdk.OriginRequestPolicyConfig>>()
  readonly responseHeadersPolicies = new Map<string, StoredConfig<sdk.ResponseHeadersPolicyConfig>>()
  readonly accessControls = new Map<string, StoredConfig<sdk.OriginAccessControlConfig>>()
  readonly certificates: Certificates
  /** So many looks show a change being deployed. */
  readonly pendingLooks: number

  constructor(certificates: Certificates, pendingLooks: number) {
    this.certificates = certificates
    this.pendingLooks = pendingLooks
  }

  of(accountId: string): readonly StoredDistribution[] {
    return [...this.distributions.values()].filter((one) => one.accountId === accountId)
  }

  /** @throws AwsError NoSuchDistribution */
  distribution(accountId: string, id: string | undefined): StoredDistribution {
    const found = this.distributions.get(id ?? '')
    if (found?.accountId === accountId) return found
    throw new AwsError('NoSuchDistribution', 'The specified distribution does not exist.', 404)
  }

  /** @throws AwsError NoSuchFunctionExists */
  function(accountId: string, name: string | undefined): StoredFunction {
    const found = this.functions.get(`${accountId} ${name}`)
    if (found !== undefined) return found
    throw new AwsError('NoSuchFunctionExists', 'The specified function does not exist.', 404)
  }

  /** ARNs of the distributions that use a certificate. */
  usersOf(certificateArn: string): readonly string[] {
    return [...this.distributions.values()]
      .filter(({ config }) => config.ViewerCertificate?.ACMCertificateArn === certificateArn)
      .map(({ arn }) => arn)
  }
}

/** An id or entity tag in CloudFront's manner: E and 13 letters and digits. */
export function newId(): string {
  return `E${BigInt(`0x${randomBytes(12).toString('hex')}`)
    .toString(36)
    .toUpperCase()
    .padStart(13, '0')
    .slice(0, 13)}`
}

/**
 * Refuses a change of something that somebody else has changed meanwhile.
 * @source Amazon CloudFront API Reference, "UpdateDistribution", errors
 * @throws AwsError InvalidIfMatchVersion, PreconditionFailed
 */
export function requireMatch(given: string | undefined, etag: string): void {
  if (given === undefined || given === '') {
    throw new AwsError('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.')
  }
  if (given === etag) return
  const message = "The request failed because it didn't meet the preconditions in one or more request-header fields."
  throw new AwsError('PreconditionFailed', message, 412)
}

/** A page of a list, in the shape that all of CloudFront's lists have. */
export function listOf<Item>(
  all: readonly Item[],
  marker: string | undefined,
  size: number | undefined,
  idOf: (item: Item) => string,
) {
  const from = marker === undefined || marker === '' ? 0 : all.findIndex((item) => idOf(item) > marker)
  const start = from === -1 ? all.length : from
  const limit = size ?? 100
  const Items = all.slice(start, start + limit)
  const last = Items.at(-1)
  const isTruncated = start + limit < all.length
  return {
    ...{ Marker: marker ?? '', MaxItems: limit, IsTruncated: isTruncated, Quantity: Items.length, Items },
    NextMarker: isTruncated && last !== undefined ? idOf(last) : undefined,
  }
}
