import type { DeployedStage } from '@sax/infra/account-facts'
import { bucketDoor, type DeclaredRoute, functionUrlDoor, type PersonFacts, type StageFacts } from '@sax/probes'
import { VERIFICATION_TEMPLATE, type VerificationPerson, verificationPeople } from '@sax/release'
import {
  assetBucketName,
  carriedZones,
  type FunctionRole,
  functionName,
  hostUrl,
  LIVE_ALIAS,
  objectives,
  originRoles,
  outreach,
  outreachUrl,
  stages,
  zones,
} from '@sax/topology'
import type { FunctionUrls } from '../aws/function-urls.ts'
import type { Why } from './carried.ts'

export interface KnownOfStage {
  readonly stage: DeployedStage
  readonly routes: readonly DeclaredRoute[]
  /** Release each function has to run, by role. Undefined: whichever, as long as it is one. */
  readonly expected: Readonly<Record<string, string>> | undefined
  /** True: its certificates were made for a few days. */
  readonly isRehearsal: boolean
}

/** Functions that stand behind a distribution and have an address of their own. */
const addressed: readonly FunctionRole[] = Object.values(originRoles)

/** @source AWS Certificate Manager User Guide, "Managed certificate renewal": 60 days before the end, so that 30 say that it failed */
const CERTIFICATE_DAYS = 30

/** What the probes have to know of a deployed stage: all of it is in the topology. */
export function stageFactsOf({ stage, routes, expected, isRehearsal }: KnownOfStage): StageFacts {
  const { domains, routing, apiBaseUrl } = stages[stage]
  const names = zones.flatMap(({ name }) => [domains[name].name, ...domains[name].aliases])
  return {
    routing,
    hostUrl: hostUrl(stage),
    outreachUrl: outreachUrl(stage),
    people: { first: personFacts(verificationPeople.first), second: personFacts(verificationPeople.second) },
    routes,
    knownTemplate: VERIFICATION_TEMPLATE,
    // CloudFront's own log comes minutes later, and to a bucket.
    silentServices: ['edge'],
    tlsNames: [...names, new URL(apiBaseUrl).hostname],
    certificateDays: isRehearsal ? 1 : CERTIFICATE_DAYS,
    otherDoors: carriedZones.flatMap(({ name }) => domains[name].aliases.map((door) => ({ door, zone: name }))),
    functionUrls: addressed,
    buckets: zones.map(({ name }) => name),
    expected,
    objectives,
  }
}

/** Where each of the probes' doors is. @throws AwsFailure */
export async function doorsOf(
  stage: DeployedStage,
  urls: FunctionUrls,
): Promise<Readonly<Record<string, string | Why>>> {
  const { domains, scheme, apiBaseUrl, region } = stages[stage]
  const functions = await Promise.all(
    addressed.map(async (role): Promise<readonly [string, string | Why]> => {
      const url = await urls.of(functionName(stage, role), LIVE_ALIAS)
      return [functionUrlDoor(role), url ?? { why: `${functionName(stage, role)} has no address at its alias` }]
    }),
  )
  return {
    host: hostUrl(stage),
    [outreach.name]: outreachUrl(stage),
    backend: apiBaseUrl,
    ...Object.fromEntries(
      carriedZones.flatMap(({ name }) => domains[name].aliases.map((alias) => [alias, `${scheme}://${alias}`])),
    ),
    ...Object.fromEntries(functions),
    // @source Amazon S3 User Guide, "Virtual hosting of general purpose buckets"
    ...Object.fromEntries(
      zones.map(({ name }) => [bucketDoor(name), `https://${assetBucketName(stage, name)}.s3.${region}.amazonaws.com`]),
    ),
  }
}

function personFacts({ saxId, tenantId, practiceId, practiceName, name }: VerificationPerson): PersonFacts {
  return { saxId, tenantId, practiceId, markers: [name, practiceName] }
}
