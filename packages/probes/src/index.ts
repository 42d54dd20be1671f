export { releaseOf } from './expected-release.ts'
export { linksOf, styleSheetUrls } from './links.ts'
export { judgePage, MAX_LAYOUT_SHIFT, navigationResult, type PageObservation } from './navigation.ts'
export { isRecord, jsonBody, MISSING_TENANT } from './owed.ts'
export { type Finding, type Probe, type ProbeGroup, probeGroups } from './probe.ts'
export { publicRoutes } from './public-routes.ts'
export {
  type Answer,
  type Ask,
  type Asker,
  type BucketAnswer,
  type BucketQuestion,
  type CallReport,
  type Credential,
  type Door,
  type HttpAnswer,
  type HttpQuestion,
  type LogAnswer,
  type LogLine,
  type Question,
  type TlsAnswer,
  type TokenFlaw,
  tokenFlaws,
  type WrittenStart,
} from './question.ts'
export { type Evidence, type ProbeResult, runProbe } from './run.ts'
export type { DeclaredRoute, PersonFacts, SiteFacts } from './site-facts.ts'
export { siteProbes } from './site-probes.ts'
export { backendHealth, backendTemplates } from './site-questions.ts'
export { functionUrlDoor, type StageFacts } from './stage-facts.ts'
export { quickStageProbes, stageProbes } from './stage-probes.ts'
