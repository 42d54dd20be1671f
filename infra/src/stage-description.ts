import { assetBucketName, originRoles, type StageFacts, stages, type Zone, zones } from '@sax/topology'
import { type AccountFacts, type DeployedStage, routingOf } from './account-facts.ts'
import { type StageSizes, stageSizes } from './sizing.ts'

/** Everything a stage's templates are made from. No construct knows a zone by name. */
export interface StageDescription {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  /** The host first. */
  readonly zones: readonly [Zone, ...Zone[]]
  readonly settings: StageFacts<string>
  readonly sizes: StageSizes
  /** Role of the function behind an origin, by the origin's id. An origin that is missing is a bucket. */
  readonly originRoles: Readonly<Record<string, string>>
  /** Name of a zone's asset bucket, by the zone's name. */
  readonly buckets: Readonly<Record<string, string>>
}

/** This site, as `stage` has it. */
export function describeStage(stage: DeployedStage, facts: AccountFacts): StageDescription {
  return {
    stage,
    facts,
    zones,
    settings: { ...stages[stage], routing: routingOf(stage, facts) },
    sizes: stageSizes[stage],
    originRoles,
    buckets: Object.fromEntries(zones.map(({ name }) => [name, assetBucketName(stage, name)])),
  }
}
