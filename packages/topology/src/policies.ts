import type { CachePolicyName, OriginRequestPolicyName } from './types.ts'

/** Ids of managed policies. @source AWS CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies" */
export const cachePolicyIds: Readonly<Record<CachePolicyName, string>> = {
  CachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  CachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
}

export const originRequestPolicyIds: Readonly<Record<OriginRequestPolicyName, string>> = {
  AllViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  'CORS-S3Origin': '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
}
