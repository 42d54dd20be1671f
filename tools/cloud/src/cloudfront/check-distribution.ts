import type * as sdk from '@aws-sdk/client-cloudfront'
import { AwsError } from '../wire/aws-error.ts'
import type { CloudFrontState, StoredDistribution } from './cloudfront-state.ts'
import { behaviorsOf, type Stores } from './stores.ts'

/**
 * What CloudFront refuses of a configuration. Where the sentence is AWS's own it is as clients report it; the others are
 * unverified.
 * @source Amazon CloudFront API Reference, "CreateDistribution", errors
 * @throws AwsError
 */
export function checkDistribution(
  state: CloudFrontState,
  stores: Stores,
  accountId: string,
  config: sdk.DistributionConfig,
  self?: StoredDistribution,
): void {
  const { Comment = '', Origins, DefaultCacheBehavior } = config
  if (Comment.length > 128) throw new AwsError('InvalidArgument', 'The comment may have 128 characters at most.')
  if (DefaultCacheBehavior === undefined)
    throw new AwsError('InvalidArgument', 'The default cache behavior is missing.')
  const origins = Origins?.Items ?? []
  if (origins.length === 0) throw new AwsError('InvalidOrigin', 'A distribution needs an origin.')
  checkAliases(state, config, self)
  checkCertificate(state, accountId, config)
  for (const origin of origins) checkOrigin(stores, accountId, origin)
  for (const behavior of behaviorsOf(config)) checkBehavior(state, stores, accountId, behavior, origins)
}

function checkAliases(
  state: CloudFrontState,
  { Aliases }: sdk.DistributionConfig,
  self: StoredDistribution | undefined,
): void {
  const wanted = Aliases?.Items ?? []
  const taken = [...state.distributions.values()]
    .filter((other) => other !== self)
    .flatMap(({ config }) => config.Aliases?.Items ?? [])
  if (!wanted.some((alias) => taken.includes(alias))) return
  const message = 'One or more of the CNAMEs you provided are already associated with a different resource.'
  throw new AwsError('CNAMEAlreadyExists', message, 409)
}

/** @source Amazon CloudFront Developer Guide, "Requirements for using alternate domain names" */
function checkCertificate({ certificates }: CloudFrontState, accountId: string, config: sdk.DistributionConfig): void {
  const aliases = config.Aliases?.Items ?? []
  const arn = config.ViewerCertificate?.ACMCertificateArn
  if (arn === undefined) {
    if (aliases.length === 0) return
    const message =
      'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.'
    throw new AwsError('InvalidViewerCertificate', message)
  }
  const found = certificates.of(accountId).find((one) => one.arn === arn)
  if (found === undefined || !arn.includes(':us-east-1:') || !certificates.isIssued(found)) {
    const message =
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain."
    throw new AwsError('InvalidViewerCertificate', message)
  }
  const uncovered = aliases.find((alias) => !found.names.some((name) => covers(name, alias)))
  if (uncovered === undefined) return
  const message =
    "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add."
  throw new AwsError('InvalidViewerCertificate', message)
}

/** A wildcard stands for one label. */
function covers(name: string, alias: string): boolean {
  return name === alias || (name.startsWith('*.') && alias.split('.').slice(1).join('.') === name.slice(2))
}

function checkOrigin(stores: Stores, accountId: string, origin: sdk.Origin): void {
  const { Id, DomainName, S3OriginConfig, CustomOriginConfig, OriginAccessControlId } = origin
  if (!Id || !DomainName) throw new AwsError('InvalidOrigin', 'An origin needs an id and a domain name.')
  if ((S3OriginConfig === undefined) === (CustomOriginConfig === undefined)) {
    throw new AwsError('InvalidOrigin', `Origin ${Id} must be an S3 origin or a custom origin.`)
  }
  if (OriginAccessControlId && !stores.accessControls.has(accountId, OriginAccessControlId)) {
    throw new AwsError('InvalidOriginAccessControl', `The origin access control of origin ${Id} does not exist.`)
  }
}

function checkBehavior(
  state: CloudFrontState,
  stores: Stores,
  accountId: string,
  behavior: sdk.DefaultCacheBehavior,
  origins: readonly sdk.Origin[],
): void {
  const { TargetOriginId, CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId, ForwardedValues } = behavior
  if (!origins.some(({ Id }) => Id === TargetOriginId)) {
    throw new AwsError('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.', 404)
  }
  if (!CachePolicyId && ForwardedValues === undefined) {
    throw new AwsError('InvalidArgument', 'A cache behavior needs a cache policy or forwarded values.')
  }
  if (CachePolicyId) stores.cachePolicies.find(accountId, CachePolicyId)
  if (OriginRequestPolicyId) stores.originRequestPolicies.find(accountId, OriginRequestPolicyId)
  if (ResponseHeadersPolicyId) stores.responseHeadersPolicies.find(accountId, ResponseHeadersPolicyId)
  const events = new Set<string>()
  for (const { FunctionARN, EventType = 'viewer-request' } of behavior.FunctionAssociations?.Items ?? []) {
    const found = [...state.functions.values()].find(({ arn }) => arn === FunctionARN)
    if (found?.live === undefined) {
      throw new AwsError('InvalidFunctionAssociation', `The function ${FunctionARN} does not exist in stage LIVE.`)
    }
    if (events.has(EventType)) {
      throw new AwsError('InvalidFunctionAssociation', `A cache behavior has one function for ${EventType} at most.`)
    }
    events.add(EventType)
  }
}
