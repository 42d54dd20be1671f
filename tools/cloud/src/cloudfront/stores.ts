import type * as sdk from '@aws-sdk/client-cloudfront'
import { type CloudFrontState, newId } from './cloudfront-state.ts'
import { configStore, uuidId } from './config-store.ts'
import { managedCache, managedOriginRequest, managedResponseHeaders } from './managed-policies.ts'

/** The four kinds of configuration that distributions name by id. */
export function storesOf(state: CloudFrontState) {
  const isNamed = (named: (behavior: sdk.DefaultCacheBehavior) => string | undefined) => (id: string) =>
    [...state.distributions.values()].some(({ config }) => behaviorsOf(config).some((one) => named(one) === id))
  return {
    cachePolicies: configStore({
      ...{ noun: 'CachePolicy', stored: state.cachePolicies, managed: managedCache, newId: uuidId },
      isUsed: isNamed((one) => one.CachePolicyId),
    }),
    originRequestPolicies: configStore({
      ...{
        noun: 'OriginRequestPolicy',
        stored: state.originRequestPolicies,
        managed: managedOriginRequest,
        newId: uuidId,
      },
      isUsed: isNamed((one) => one.OriginRequestPolicyId),
    }),
    responseHeadersPolicies: configStore({
      ...{
        noun: 'ResponseHeadersPolicy',
        stored: state.responseHeadersPolicies,
        managed: managedResponseHeaders,
        newId: uuidId,
      },
      isUsed: isNamed((one) => one.ResponseHeadersPolicyId),
    }),
    accessControls: configStore({
      ...{ noun: 'OriginAccessControl', stored: state.accessControls, newId },
      managed: new Map<string, sdk.OriginAccessControlConfig>(),
      isUsed: (id) =>
        [...state.distributions.values()].some(({ config }) =>
          (config.Origins?.Items ?? []).some((origin) => origin.OriginAccessControlId === id),
        ),
    }),
  }
}

export type Stores = ReturnType<typeof storesOf>

/** The default behaviour and all others. */
export function behaviorsOf({
  DefaultCacheBehavior,
  CacheBehaviors,
}: sdk.DistributionConfig): readonly sdk.DefaultCacheBehavior[] {
  return [...(DefaultCacheBehavior === undefined ? [] : [DefaultCacheBehavior]), ...(CacheBehaviors?.Items ?? [])]
}
