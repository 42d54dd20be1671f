export { type AmbiguousPath, ambiguityOf } from './ambiguous-path.ts'
export { type AssetRule, assetLayout, assetRuleOf } from './asset-layout.ts'
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
export {
  assetBucketName,
  CARRIER_API,
  type FunctionRole,
  functionName,
  functionRoles,
  LIVE_ALIAS,
  lambdaName,
  logGroupName,
  originRoles,
} from './names.ts'
export { type NavigationItem, navigation } from './navigation.ts'
export { type NextSettings, nextSettings } from './next-settings.ts'
export { cachePolicyIds, originRequestPolicyIds } from './policies.ts'
export { type Area, apiTree, globOf, nextSourceOf, type Route, routeIn, routingTable } from './routing-table.ts'
export { isStage, stageNames } from './stage-names.ts'
export { hostUrl, outreachUrl } from './stage-urls.ts'
export { objectives, stages } from './stages.ts'
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
  StageFacts,
  ZoneDomain,
} from './types.ts'
export {
  hostPath,
  loginPath,
  outreachApiPath,
  outreachPath,
  practicePath,
  userContextPath,
} from './urls.ts'
export type { Zone } from './zone.ts'
export {
  carriedZones,
  host,
  isNavigationData,
  isUnder,
  outreach,
  ownerOf,
  routes,
  type ZoneName,
  zones,
} from './zones.ts'
