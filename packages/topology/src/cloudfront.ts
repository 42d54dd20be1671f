export type {
  CachePolicySettings,
  OriginRequestPolicySettings,
  PolicyHeader,
  ResponseHeadersPolicySettings,
  Selection,
} from './policy-settings.ts'
