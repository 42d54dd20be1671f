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
export { type Problem, problemPage } from './problem-page.ts'
export { type CloudFormationTemplate, compileTemplate, siteTemplate } from './site-template.ts'
export { distributionId } from './template-ids.ts'
export { MAX_FUNCTION_BYTES, viewerRequestFunction, viewerResponseFunction } from './viewer-functions.ts'
