import type * as sdk from '@aws-sdk/client-cloudfront'
import type { Handlers } from '../server/own-api.ts'
import { listOf } from './cloudfront-state.ts'
import type { Found } from './config-store.ts'
import type { Stores } from './stores.ts'

/** Policies and origin access controls. @source Amazon CloudFront API Reference */
export function policyHandlers(stores: Stores): Handlers<sdk.CloudFront> {
  return {
    ...cachePolicyHandlers(stores),
    ...originRequestHandlers(stores),
    ...responseHeadersHandlers(stores),
    ...accessControlHandlers(stores),
  }
}

function cachePolicyHandlers({ cachePolicies: store }: Stores): Handlers<sdk.CloudFront> {
  const shown = (one: Found<sdk.CachePolicyConfig>) => ({
    Id: one.id,
    LastModifiedTime: one.modifiedAt,
    CachePolicyConfig: one.config,
  })
  return {
    createCachePolicy: ({ CachePolicyConfig }, { accountId }) => {
      const made = store.create(accountId, CachePolicyConfig)
      return { CachePolicy: shown(made), ETag: made.etag }
    },
    getCachePolicy: ({ Id }, { accountId }) => {
      const found = store.find(accountId, Id)
      return { CachePolicy: shown(found), ETag: found.etag }
    },
    getCachePolicyConfig: ({ Id }, { accountId }) => {
      const found = store.find(accountId, Id)
      return { CachePolicyConfig: found.config, ETag: found.etag }
    },
    updateCachePolicy: ({ Id, IfMatch, CachePolicyConfig }, { accountId }) => {
      const changed = store.update(accountId, Id, IfMatch, CachePolicyConfig)
      return { CachePolicy: shown(changed), ETag: changed.etag }
    },
    deleteCachePolicy: ({ Id, IfMatch }, { accountId }) => {
      store.delete(accountId, Id, IfMatch)
      return {}
    },
    listCachePolicies: ({ Type, Marker, MaxItems }, { accountId }) => {
      const all = store
        .list(accountId)
        .filter(ofType(Type))
        .map((one) => ({ Type: typeOf(one), CachePolicy: shown(one) }))
      return { CachePolicyList: listOf(all, Marker, MaxItems, ({ CachePolicy }) => CachePolicy.Id) }
    },
  }
}

function originRequestHandlers({ originRequestPolicies: store }: Stores): Handlers<sdk.CloudFront> {
  const shown = (one: Found<sdk.OriginRequestPolicyConfig>) => ({
    Id: one.id,
    LastModifiedTime: one.modifiedAt,
    OriginRequestPolicyConfig: one.config,
  })
  return {
    createOriginRequestPolicy: ({ OriginRequestPolicyConfig }, { accountId }) => {
      const made = store.create(accountId, OriginRequestPolicyConfig)
      return { OriginRequestPolicy: shown(made), ETag: made.etag }
    },
    getOriginRequestPolicy: ({ Id }, { accountId }) => {
      const found = store.find(accountId, Id)
      return { OriginRequestPolicy: shown(found), ETag: found.etag }
    },
    updateOriginRequestPolicy: ({ Id, IfMatch, OriginRequestPolicyConfig }, { accountId }) => {
      const changed = store.update(accountId, Id, IfMatch, OriginRequestPolicyConfig)
      return { OriginRequestPolicy: shown(changed), ETag: changed.etag }
    },
    deleteOriginRequestPolicy: ({ Id, IfMatch }, { accountId }) => {
      store.delete(accountId, Id, IfMatch)
      return {}
    },
    listOriginRequestPolicies: ({ Type, Marker, MaxItems }, { accountId }) => {
      const all = store
        .list(accountId)
        .filter(ofType(Type))
        .map((one) => ({ Type: typeOf(one), OriginRequestPolicy: shown(one) }))
      return {
        OriginRequestPolicyList: listOf(all, Marker, MaxItems, ({ OriginRequestPolicy }) => OriginRequestPolicy.Id),
      }
    },
  }
}

function responseHeadersHandlers({ responseHeadersPolicies: store }: Stores): Handlers<sdk.CloudFront> {
  const shown = (one: Found<sdk.ResponseHeadersPolicyConfig>) => ({
    Id: one.id,
    LastModifiedTime: one.modifiedAt,
    ResponseHeadersPolicyConfig: one.config,
  })
  return {
    createResponseHeadersPolicy: ({ ResponseHeadersPolicyConfig }, { accountId }) => {
      const made = store.create(accountId, ResponseHeadersPolicyConfig)
      return { ResponseHeadersPolicy: shown(made), ETag: made.etag }
    },
    getResponseHeadersPolicy: ({ Id }, { accountId }) => {
      const found = store.find(accountId, Id)
      return { ResponseHeadersPolicy: shown(found), ETag: found.etag }
    },
    updateResponseHeadersPolicy: ({ Id, IfMatch, ResponseHeadersPolicyConfig }, { accountId }) => {
      const changed = store.update(accountId, Id, IfMatch, ResponseHeadersPolicyConfig)
      return { ResponseHeadersPolicy: shown(changed), ETag: changed.etag }
    },
    deleteResponseHeadersPolicy: ({ Id, IfMatch }, { accountId }) => {
      store.delete(accountId, Id, IfMatch)
      return {}
    },
    listResponseHeadersPolicies: ({ Type, Marker, MaxItems }, { accountId }) => {
      const all = store
        .list(accountId)
        .filter(ofType(Type))
        .map((one) => ({ Type: typeOf(one), ResponseHeadersPolicy: shown(one) }))
      return {
        ResponseHeadersPolicyList: listOf(
          all,
          Marker,
          MaxItems,
          ({ ResponseHeadersPolicy }) => ResponseHeadersPolicy.Id,
        ),
      }
    },
  }
}

function accessControlHandlers({ accessControls: store }: Stores): Handlers<sdk.CloudFront> {
  const shown = (one: Found<sdk.OriginAccessControlConfig>) => ({ Id: one.id, OriginAccessControlConfig: one.config })
  return {
    createOriginAccessControl: ({ OriginAccessControlConfig }, { accountId }) => {
      const made = store.create(accountId, OriginAccessControlConfig)
      return { OriginAccessControl: shown(made), ETag: made.etag }
    },
    getOriginAccessControl: ({ Id }, { accountId }) => {
      const found = store.find(accountId, Id)
      return { OriginAccessControl: shown(found), ETag: found.etag }
    },
    updateOriginAccessControl: ({ Id, IfMatch, OriginAccessControlConfig }, { accountId }) => {
      const changed = store.update(accountId, Id, IfMatch, OriginAccessControlConfig)
      return { OriginAccessControl: shown(changed), ETag: changed.etag }
    },
    deleteOriginAccessControl: ({ Id, IfMatch }, { accountId }) => {
      store.delete(accountId, Id, IfMatch)
      return {}
    },
    listOriginAccessControls: ({ Marker, MaxItems }, { accountId }) => {
      const all = store.list(accountId).map(({ id, config }) => ({ Id: id, Description: '', ...config }))
      return { OriginAccessControlList: listOf(all, Marker, MaxItems, ({ Id }) => Id) }
    },
  }
}

function typeOf({ isManaged }: { readonly isManaged: boolean }): 'managed' | 'custom' {
  return isManaged ? 'managed' : 'custom'
}

function ofType(wanted: string | undefined) {
  return (one: { readonly isManaged: boolean }) => wanted === undefined || typeOf(one) === wanted
}
