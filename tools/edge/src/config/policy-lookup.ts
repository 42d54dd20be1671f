import {
  type CachePolicySettings,
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
  type OriginRequestPolicySettings,
  type ResponseHeadersPolicySettings,
} from '@sax/topology/cloudfront'
import type { Notes } from './notes.ts'
import { readCachePolicy, readOriginRequestPolicy } from './read-policies.ts'
import { readResponseHeadersPolicy } from './read-response-headers-policy.ts'
import type { Resource, Template } from './read-template.ts'

/** Policies by id that are neither managed by AWS nor in the template: those of an account, read elsewhere. */
export interface PolicyTables {
  readonly cache?: Readonly<Record<string, CachePolicySettings>>
  readonly originRequest?: Readonly<Record<string, OriginRequestPolicySettings>>
  readonly responseHeaders?: Readonly<Record<string, ResponseHeadersPolicySettings>>
}

/** Policies by id: the template's own, then the caller's, then AWS's. Unknown ids are reported and replaced. */
export interface PolicyLookup {
  readonly cache: (id: string, notes: Notes) => CachePolicySettings
  readonly originRequest: (id: string, notes: Notes) => OriginRequestPolicySettings
  readonly responseHeaders: (id: string, notes: Notes) => ResponseHeadersPolicySettings
}

const NONE = { behavior: 'none' } as const

export function policyLookup(template: Template, tables: PolicyTables): PolicyLookup {
  const own = (type: string, id: string): Resource | undefined =>
    template.ofType(`AWS::CloudFront::${type}`).find((resource) => template.ref(resource) === id)

  return {
    cache: (id, notes) => {
      const resource = own('CachePolicy', id)
      if (resource !== undefined) return readCachePolicy(resource)
      const found = byId(id, tables.cache, managedCachePolicies)
      if (found !== undefined) return found
      notes.error('unknown_cache_policy', id, `.CachePolicyId`, unknown('cache policy', id))
      return {
        ...{ name: `unknown:${id}`, minTtlSec: 0, defaultTtlSec: 0, maxTtlSec: 0 },
        ...{ headers: NONE, cookies: NONE, queryStrings: NONE },
        ...{ acceptEncodingGzip: false, acceptEncodingBrotli: false },
      }
    },
    originRequest: (id, notes) => {
      const resource = own('OriginRequestPolicy', id)
      if (resource !== undefined) return readOriginRequestPolicy(resource)
      const found = byId(id, tables.originRequest, managedOriginRequestPolicies)
      if (found !== undefined) return found
      notes.error('unknown_origin_request_policy', id, '.OriginRequestPolicyId', unknown('origin request policy', id))
      return { name: `unknown:${id}`, headers: NONE, cookies: NONE, queryStrings: NONE }
    },
    responseHeaders: (id, notes) => {
      const resource = own('ResponseHeadersPolicy', id)
      const read = resource === undefined ? undefined : readResponseHeadersPolicy(resource)
      const settings = read?.settings ?? byId(id, tables.responseHeaders, managedResponseHeadersPolicies)
      for (const setting of read?.notSimulated ?? []) {
        notes.information(
          setting,
          '.ResponseHeadersPolicyId',
          `${setting} of ${id} is left out: CloudFront measures its own network with it`,
        )
      }
      if (settings === undefined) {
        const sentence = unknown('response headers policy', id)
        notes.error('unknown_response_headers_policy', id, '.ResponseHeadersPolicyId', sentence)
        return { name: `unknown:${id}`, set: [], remove: [], cors: false }
      }
      if (settings.cors) {
        const sentence = `policy ${settings.name} answers CORS, which the front door does not do; let the origin answer it`
        notes.error('unsupported', id, '.ResponseHeadersPolicyId', sentence)
      }
      return settings
    },
  }
}

function byId<Settings>(id: string, ...tables: readonly (Readonly<Record<string, Settings>> | undefined)[]) {
  return tables.find((table) => table !== undefined && Object.hasOwn(table, id))?.[id]
}

function unknown(kind: string, id: string): string {
  return `${kind} ${id} is neither AWS's nor in the template; correct the id, or give the policy's settings`
}
