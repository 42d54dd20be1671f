import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeployedStage } from '@sax/infra/account-facts'
import { answersPeople, functionsOfStage } from '@sax/infra/functions'
import { releaseBucketName } from '@sax/infra/names'
import type { Ask, WrittenStart } from '@sax/probes'
import { functionName, LIVE_ALIAS, stages } from '@sax/topology'
import type { AwsSettings } from '../aws/client-settings.ts'
import { createFunctionUrls } from '../aws/function-urls.ts'
import { createHttpApis } from '../aws/http-apis.ts'
import { createInvoker, invokeFunction } from '../aws/invoke.ts'
import { createLiveFunctions, type LiveFunctions } from '../aws/live-functions.ts'
import { createLogEvents } from '../aws/log-events.ts'
import { createPublicAccess } from '../aws/public-access.ts'
import { createBuckets } from '../aws/s3-bucket.ts'
import type { Sessions } from '../browser/sessions.ts'
import type { Env } from '../env.ts'
import { readFacts } from '../infra/facts-file.ts'
import type { Why } from './carried.ts'
import { createWireClient } from './http.ts'
import type { RoleGroup } from './live-streams.ts'
import { createStageAsk } from './stage-ask.ts'
import { apiUrlOf, bucketOf, doorsOf } from './stage-facts.ts'
import type { StageLogPorts } from './stage-logs.ts'
import { createStageTokens } from './stage-tokens.ts'
import { createWorld, type World } from './world.ts'
import { writtenStarts } from './written-starts.ts'

/** Every way to a deployed stage, over real sockets. */
export interface ConnectedStage {
  readonly world: World
  /** Where the backend answers. */
  readonly apiUrl: string
  readonly logs: StageLogPorts
  readonly ask: (sessions: Sessions) => Ask
  readonly close: () => void
}

/** @throws AwsFailure when the addresses of its functions cannot be read */
export async function connectStage(
  stage: DeployedStage,
  env: Pick<Env, 'accountsRoot' | 'awsEndpoint' | 'awsMaxAttempts' | 'pollMs' | 'rehearsal'>,
  nowMs: () => number,
): Promise<ConnectedStage> {
  const settings: AwsSettings = {
    region: stages[stage].region,
    endpoint: env.awsEndpoint,
    maxAttempts: env.awsMaxAttempts,
  }
  const world = worldOf(env)
  const apiUrl = await apiUrlOf(stage, createHttpApis(settings))
  const doors = await doorsOf(stage, apiUrl, createFunctionUrls(settings))
  const publicAccess = createPublicAccess(settings)
  const wire = createWireClient(randomUUID, nowMs, world)
  const invoker = createInvoker(settings)
  const hostFunction = functionName(stage, 'sleep-connect-server')
  const tokens = createStageTokens(
    (event) => invokeFunction(invoker, { functionName: hostFunction, qualifier: LIVE_ALIAS, event }),
    Date.now,
  )
  const closed = new AbortController()
  const logs: StageLogPorts = {
    events: createLogEvents(settings),
    groups: groupsOf(stage),
    liveVersions: () => liveVersions(stage, createLiveFunctions(settings)),
    // A question that nobody waits for any more would keep the process for as long as logs are waited for.
    wait: (ms) => sleep(ms, undefined, { signal: closed.signal }),
    everyMs: env.pollMs,
    wallMs: Date.now,
  }
  return {
    world,
    logs,
    apiUrl,
    ask: (sessions) =>
      createStageAsk({
        ...{ doors, tokens, sessionOf: sessions, wire, world, logs, publicAccess },
        bucketOf: (zone) => bucketOf(stage, zone),
        starts: (roles) => startsOf(roles, stage, env, settings, logs),
      }),
    close: () => {
      closed.abort()
      wire.close()
    },
  }
}

/** Where a stage has no account here, nobody knows its bucket of releases. */
async function startsOf(
  roles: readonly string[],
  stage: DeployedStage,
  { accountsRoot }: Pick<Env, 'accountsRoot'>,
  settings: AwsSettings,
  { liveVersions: versions }: StageLogPorts,
): Promise<readonly WrittenStart[] | Why> {
  const file = readFacts(accountsRoot, stage)
  if (file.kind !== 'facts') return { why: `which account ${stage} has is not known here` }
  return writtenStarts(roles, {
    releases: createBuckets(settings)(releaseBucketName(stage, file.facts)),
    liveVersions: async () => {
      const live = await versions()
      return new Map(functionsOfStage(stage).map(({ role, functionName: name }) => [role, live.get(name) ?? []]))
    },
  })
}

/** The internet, or what stands for it in a rehearsal. */
export function worldOf({ rehearsal }: Pick<Env, 'rehearsal'>): World {
  return createWorld({
    connectTo: rehearsal?.connectTo,
    trustedPem: rehearsal === undefined ? undefined : readFileSync(rehearsal.trustCaFile, 'utf8'),
  })
}

async function liveVersions(stage: DeployedStage, functions: LiveFunctions) {
  const found = await Promise.all(
    functionsOfStage(stage).map(
      async ({ functionName: name }) => [name, (await functions.behind(name, LIVE_ALIAS)) ?? []] as const,
    ),
  )
  return new Map(found)
}

/** The groups of functions that answer people, each once, by the function it is named after. */
function groupsOf(stage: DeployedStage): readonly RoleGroup[] {
  const answering = functionsOfStage(stage).filter(answersPeople)
  return [...new Set(answering.map(({ logs }) => logs.name))].map((group) => ({
    group,
    writers: answering
      .filter(({ logs }) => logs.name === group)
      .map(({ functionName: name, role }) => ({ name, role })),
    role: answering.find(({ functionName: name }) => group.endsWith(`/${name}`))?.role ?? group,
  }))
}
