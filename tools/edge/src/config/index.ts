export { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts'
export type {
  Behavior,
  CustomErrorResponse,
  Distribution,
  EdgeFunction,
  Origin,
  OriginGrants,
  WebAcl,
} from './distribution.ts'
export type { PolicyTables } from './policy-lookup.ts'
export { type ReadDistributions, type ReadOptions, readDistributions } from './read-distribution.ts'
export { type Resource, readTemplate, type Template } from './read-template.ts'
