import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import { backendAlarmNames, releaseBucketName, stackName } from '@sax/infra/names'
import { assetBucketName, stages, type ZoneName, zones } from '@sax/topology'
import { distributionId } from '@sax/topology/cloudfront'

/** What of a stage can be released by itself. `api`: the backend with its database. */
export const releaseZones = [...zones.map(({ name }) => name), 'api'] as const
export type ReleaseZone = (typeof releaseZones)[number]

export function isReleaseZone(name: string): name is ReleaseZone {
  return releaseZones.some((zone) => zone === name)
}

/** The function that owns the database, and that nobody sees a page of: two versions of it can answer at once. */
export const BACKEND = 'outreach-api'

/** Names of everything in a stage that a release touches. */
export interface StageLayout {
  readonly stage: DeployedStage
  readonly releaseBucket: string
  readonly stacks: readonly string[]
  /** In the order that releases prefer: who is asked before who asks. */
  readonly functions: readonly { readonly role: string; readonly zone: ReleaseZone; readonly functionName: string }[]
  /** Alarms that go off when the backend does not answer as it must. */
  readonly backendAlarms: readonly string[]
  readonly assetBuckets: readonly { readonly zone: ZoneName; readonly bucket: string }[]
  readonly distributions: readonly { readonly zone: ZoneName; readonly logicalId: string; readonly stackName: string }[]
  /** `https://…/dev`: the path of it comes before every path that the backend is asked. */
  readonly apiBaseUrl: string
  readonly hostNames: Readonly<Record<ZoneName, string>>
}

export function stageLayout(stage: DeployedStage, facts: Pick<AccountFacts, 'accountId'>): StageLayout {
  const { domains, apiBaseUrl } = stages[stage]
  return {
    stage,
    releaseBucket: releaseBucketName(stage, facts),
    stacks: [stackName(stage, 'backend'), stackName(stage, 'site')],
    functions: functionsOfStage(stage).map(({ role, functionName, kind }) => ({
      role,
      functionName,
      zone:
        kind === 'host-pages'
          ? 'sleepconnect'
          : kind === 'zone-pages' || kind === 'zone-api-routes'
            ? 'outreach'
            : 'api',
    })),
    backendAlarms: backendAlarmNames(stage),
    assetBuckets: zones.map(({ name }) => ({ zone: name, bucket: assetBucketName(stage, name) })),
    distributions: zones.map(({ name }) => ({
      zone: name,
      logicalId: distributionId(name),
      stackName: stackName(stage, 'site'),
    })),
    apiBaseUrl,
    hostNames: { sleepconnect: domains.sleepconnect.name, outreach: domains.outreach.name },
  }
}

/** The function of a role. @throws RangeError for a role that no stage has */
export function functionNameOf({ functions }: Pick<StageLayout, 'functions'>, role: string): string {
  const found = functions.find((one) => one.role === role)
  if (found === undefined) throw new RangeError(`no function is called ${role}`)
  return found.functionName
}
