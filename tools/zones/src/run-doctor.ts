import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { isDeployedStage } from '@sax/infra/account-facts'
import { readLocalSite } from '@sax/local/settings'
import type { Asker } from '@sax/probes'
import { people } from '@sax/sample-data'
import { hostUrl, outreachUrl, stages } from '@sax/topology'
import { connectStage } from './asking/connect-stage.ts'
import { createWireClient } from './asking/http.ts'
import { createLocalAsk } from './asking/local-ask.ts'
import { createTokenMaker } from './asking/tokens.ts'
import { AwsFailure } from './aws/aws-failure.ts'
import { createIdentity } from './aws/identity.ts'
import { doctor } from './commands/doctor.ts'
import { noSite } from './commands/token.ts'
import { readSights } from './doctor/connect-sights.ts'
import { look } from './doctor/look.ts'
import { noSights } from './doctor/stage-sights.ts'
import { readFacts } from './infra/facts-file.ts'
import { stageAtHand } from './infra/stage-at-hand.ts'
import { noSuchSite } from './no-such-site.ts'
import type { Outcome } from './outcome.ts'
import type { StageMachine } from './run-verify.ts'
import { contextOf } from './sample-context.ts'

export interface DoctorOptions {
  readonly symptom?: string
  readonly json?: boolean
  readonly dataDir: string
}

/** Nobody signs in for the doctor: a token is enough for all that it looks at. */
const noSession = () => ({ why: 'the doctor signs nobody in' })

/** `zones doctor` on this machine: a laptop's site, or a stage in AWS or what AWS_ENDPOINT_URL names. */
export async function runDoctor(stage: string, options: DoctorOptions, machine: StageMachine): Promise<Outcome> {
  if (!isDeployedStage(stage)) return stage === 'local' ? local(options, machine) : noSuchSite(stage)
  const { env, nowMs, palette } = machine
  const settings = { region: stages[stage].region, endpoint: env.awsEndpoint, maxAttempts: env.awsMaxAttempts }
  try {
    const at = await stageAtHand(stage, {
      facts: (deployed) => readFacts(env.accountsRoot, deployed),
      identity: createIdentity(settings),
    })
    if (at.kind === 'unknown') return { kind: 'bad-input', reason: at.reason }
    if (at.kind === 'elsewhere') return { kind: 'failed', text: '', reason: at.reason }
    const connected = await connectStage(stage, env, nowMs)
    const sights = () => readSights(stage, at.facts, connected, env)
    try {
      return await doctor(told(options), {
        look: () =>
          look({
            ...{ stage, hostUrl: hostUrl(stage), outreachUrl: outreachUrl(stage), sights, wallMs: Date.now },
            ask: connected.ask(noSession),
          }),
        palette,
      })
    } finally {
      connected.close()
    }
  } catch (error) {
    if (error instanceof AwsFailure) return { kind: 'failed', text: '', reason: `${error.message} ${error.next}` }
    throw error
  }
}

async function local(options: DoctorOptions, { nowMs, palette }: StageMachine): Promise<Outcome> {
  const site = readLocalSite(resolve(options.dataDir))
  if (site === undefined) return noSite
  const [person] = people
  if (person === undefined) throw new TypeError('there are no sample people')
  const wire = createWireClient(randomUUID, nowMs)
  const context = contextOf(person)
  const all = { first: context, second: context, administrator: context } satisfies Record<Asker, typeof context>
  const ask = createLocalAsk({
    ...{ site, wire, nowMs, people: all, sessionOf: noSession },
    tokens: createTokenMaker(site.userContextSecret, () => Date.now() / 1000),
  })
  try {
    const places = { stage: 'local', hostUrl: site.urls.host, outreachUrl: site.urls.outreach }
    return await doctor(told(options), {
      look: () => look({ ...places, ask, sights: async () => noSights, wallMs: Date.now }),
      palette,
    })
  } finally {
    wire.close()
  }
}

function told({ symptom, json = false }: DoctorOptions) {
  return { symptom, json }
}
