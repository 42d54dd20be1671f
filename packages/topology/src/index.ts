export { distributions } from './distributions.ts'
export {
  HOP_HEADER,
  identityHeaders,
  internalHeaderPrefixes,
  MAX_HOPS,
  REQUEST_ID_HEADER,
  USER_CONTEXT,
} from './identity-headers.ts'
export { type LocalPart, localPorts } from './local-ports.ts'
export { assetBucketName, type FunctionRole, functionName, LIVE_ALIAS, logGroupName } from './names.ts'
export { type NavigationItem, navigation } from './navigation.ts'
export { cachePolicyIds, originRequestPolicyIds } from './policies.ts'
export { isStage, objectives, stageNames, stages } from './stages.ts'
export type {
  CacheBehavior,
  CachePolicyName,
  Distribution,
  HttpMethod,
  Objectives,
  OriginId,
  OriginRequestPolicyName,
  RoutingMode,
  Stage,
} from './types.ts'
export {
  hostPath,
  hostUrl,
  loginPath,
  outreachApiPath,
  outreachPath,
  outreachUrl,
  practicePath,
  userContextPath,
} from './urls.ts'
export type { Zone } from './zone.ts'
export { apiTree, carriedZones, host, isUnder, outreach, ownerOf, type ZoneName, zones } from './zones.ts'
