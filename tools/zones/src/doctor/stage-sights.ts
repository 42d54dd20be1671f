import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { functionsOfStage } from '@sax/infra/functions'
import { LIVE_ALIAS } from '@sax/topology'
import { failedEnds, type StageLogPorts } from '../asking/stage-logs.ts'
import { AwsFailure } from '../aws/aws-failure.ts'
import type { FunctionUrls } from '../aws/function-urls.ts'
import type { LiveFunctions } from '../aws/live-functions.ts'
import type { Cloud } from '../infra/cloud.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import { distributionItems, resourceItems } from '../infra/status/resources.ts'
import { look } from '../infra/status/seen.ts'
import { type AgreementPorts, readAgreement } from '../secrets/read-agreement.ts'
import type { StageSights } from './look.ts'
import type { Seen, SeenFunction } from './observations.ts'

export interface StageSightPorts extends AgreementPorts {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly templates: readonly StackTemplate[]
  readonly cloud: Cloud
  readonly logs: StageLogPorts
  readonly live: LiveFunctions
  readonly urls: FunctionUrls
}

/** How far back failures are read, seconds. */
const LOOK_BACK_SEC = 15 * 60

/** What the account shows of a stage. What these credentials may not read is unseen, with AWS's reason. */
export async function stageSights(ports: StageSightPorts): Promise<StageSights> {
  const [failures, functions, infrastructure, secrets] = await Promise.all([
    seen(() => failedEnds(LOOK_BACK_SEC, ports.logs)),
    seen(() => functionsOf(ports)),
    seen(() => infrastructureOf(ports)),
    seen(() => readAgreement(ports.stage, ports)),
  ])
  return { failures, functions, infrastructure, secrets }
}

async function seen<Value>(read: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { kind: 'seen', value: await read() }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'unseen', why: error.message }
    throw error
  }
}

function functionsOf({ stage, live, urls }: StageSightPorts): Promise<readonly SeenFunction[]> {
  const answering = functionsOfStage(stage).filter(({ kind }) => kind !== 'worker' && kind !== 'migrations')
  return Promise.all(
    answering.map(async ({ role, functionName, kind }) => {
      const [version, ...weighted] = (await live.behind(functionName, LIVE_ALIAS)) ?? []
      const urlAtAlias = kind === 'backend' ? undefined : (await urls.of(functionName, LIVE_ALIAS)) !== undefined
      return { role, version, weighted, urlAtAlias }
    }),
  )
}

async function infrastructureOf({ cloud, stage, facts, templates }: StageSightPorts) {
  const everything = await look(cloud, stage, facts, templates)
  return [...(await resourceItems(everything)), ...(await distributionItems(everything))]
}

/** What a laptop has instead: nothing of it. */
export const noSights: StageSights = {
  failures: { kind: 'unseen', why: 'a laptop has no platform that reports' },
  functions: { kind: 'unseen', why: 'a laptop has no functions' },
  infrastructure: { kind: 'unseen', why: 'a laptop has no infrastructure of its own' },
  secrets: { kind: 'unseen', why: 'on a laptop the secret is in one file, which all parts read' },
}
