export {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
} from './managed-policies.ts'
export type {
  CachePolicySettings,
  OriginRequestPolicySettings,
  PolicyHeader,
  ResponseHeadersPolicySettings,
  Selection,
} from './policy-settings.ts'
