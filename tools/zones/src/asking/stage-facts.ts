import type { DeployedStage } from '@sax/infra/account-facts'
import { answersPeople, functionsOfStage } from '@sax/infra/functions'
import { apiName } from '@sax/infra/names'
import { type DeclaredRoute, functionUrlDoor, type PersonFacts, type StageFacts } from '@sax/probes'
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
  type RoutingMode,
  stages,
  zones,
} from '@sax/topology'
import type { FunctionUrls } from '../aws/function-urls.ts'
import type { HttpApis } from '../aws/http-apis.ts'
import type { Why } from './carried.ts'

export interface KnownOfStage {
  readonly stage: DeployedStage
  readonly routing: RoutingMode
  readonly routes: readonly DeclaredRoute[]
  /** Release each function has to run, by role. Undefined: whichever, as long as it is one. */
  readonly expected: Readonly<Record<string, string>> | undefined
  /** True: its certificates were made for a few days, and its functions share this computer. */
  readonly isRehearsal: boolean
  /** Where the backend answers, which only the account knows when it has no domain of its own. */
  readonly apiUrl: string
}

/** Functions that stand behind a distribution and have an address of their own. */
const addressed: readonly FunctionRole[] = Object.values(originRoles)

/** @source AWS Certificate Manager User Guide, "Managed certificate renewal": 60 days before the end, so that 30 say that it failed */
const CERTIFICATE_DAYS = 30

/** What the probes have to know of a deployed stage. */
export function stageFactsOf({ stage, routing, routes, expected, isRehearsal, apiUrl }: KnownOfStage): StageFacts {
  const { domains } = stages[stage]
  const names = zones.flatMap(({ name }) => [domains[name].name, ...domains[name].aliases])
  return {
    routing,
    hostUrl: hostUrl(stage),
    outreachUrl: outreachUrl(stage),
    people: { first: personFacts(verificationPeople.first), second: personFacts(verificationPeople.second) },
    routes,
    knownTemplate: VERIFICATION_TEMPLATE,
    // Tenants of verification hold that one template, and never a patient.
    leastTemplates: 1,
    emptyResources: ['patients'],
    // CloudFront's own log comes minutes later, and to a bucket.
    silentServices: ['edge'],
    tlsNames: [...names, new URL(apiUrl).hostname],
    certificateDays: isRehearsal ? 1 : CERTIFICATE_DAYS,
    otherDoors: carriedZones.flatMap(({ name }) => domains[name].aliases.map((door) => ({ door, zone: name }))),
    functionUrls: addressed,
    buckets: zones.map(({ name }) => name),
    expected,
    awaited: functionsOfStage(stage)
      .filter(answersPeople)
      .map(({ role }) => role),
    objectives: isRehearsal ? onOneComputer(objectives) : objectives,
  }
}

/** A whole stage shares the cores of one computer with whoever asks it: times there tell what is broken, not what is slow. */
const SLOWER = 5

function onOneComputer<Times extends { readonly coldStartMs: number; readonly warmMs: number }>(times: Times): Times {
  return { ...times, coldStartMs: times.coldStartMs * SLOWER, warmMs: times.warmMs * SLOWER }
}

/**
 * Where the backend of a stage answers: under its own domain, or where the account's API of that name does, whose address
 * is known after it exists. What the topology says of it is compared by `zones infra status`. @throws AwsFailure
 */
export async function apiUrlOf(stage: DeployedStage, apis: Pick<HttpApis, 'named'>): Promise<string> {
  const { apiBaseUrl } = stages[stage]
  const { hostname, pathname } = new URL(apiBaseUrl)
  if (!hostname.endsWith('.amazonaws.com')) return apiBaseUrl
  const [api] = await apis.named(apiName(stage))
  return api === undefined ? apiBaseUrl : `${api.endpoint}${pathname}`
}

/** Where each of the probes' doors is. @throws AwsFailure */
export async function doorsOf(
  stage: DeployedStage,
  apiUrl: string,
  urls: FunctionUrls,
): Promise<Readonly<Record<string, string | Why>>> {
  const { domains, scheme } = stages[stage]
  const functions = await Promise.all(
    addressed.map(async (role): Promise<readonly [string, string | Why]> => {
      const url = await urls.of(functionName(stage, role), LIVE_ALIAS)
      return [functionUrlDoor(role), url ?? { why: `${functionName(stage, role)} has no address at its alias` }]
    }),
  )
  return {
    host: hostUrl(stage),
    [outreach.name]: outreachUrl(stage),
    backend: apiUrl,
    ...Object.fromEntries(
      carriedZones.flatMap(({ name }) => domains[name].aliases.map((alias) => [alias, `${scheme}://${alias}`])),
    ),
    ...Object.fromEntries(functions),
  }
}

/** Bucket of a zone's files with its own address. @source Amazon S3 User Guide, "Virtual hosting of general purpose buckets" */
export function bucketOf(stage: DeployedStage, zone: string) {
  const own = zones.find(({ name }) => name === zone)
  if (own === undefined) return undefined
  const name = assetBucketName(stage, own.name)
  return { name, address: `https://${name}.s3.${stages[stage].region}.amazonaws.com` }
}

function personFacts({ saxId, tenantId, practiceId, practiceName, name }: VerificationPerson): PersonFacts {
  return { saxId, tenantId, practiceId, markers: [name, practiceName] }
}
