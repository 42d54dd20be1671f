import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Cloud, type Passing, startCloud } from '@sax/cloud'
import type { Manifest } from '@sax/release'
import { logGroupName } from '@sax/topology'
import { unzipSync } from 'fflate'
import { clientOptions } from '../../src/aws/client-settings.ts'
import { createReleasedFunctions } from '../../src/aws/released-functions.ts'
import { infraApply } from '../../src/commands/infra-apply.ts'
import { type StageLayout, stageLayout } from '../../src/release/stage-layout.ts'
import { writeRunnable } from '../../src/release/test/runnable-artefact.ts'
import { applyPorts, develop, settingsOf, wholeStage } from '../infra/emulator.ts'
import { type Cut, type Ended, runKilled } from './killed-command.ts'
import { stepOf } from './release-steps.ts'
import { BEFORE, startStageBefore } from './stage-before.ts'
import { startStandInSite } from './stand-in-site.ts'

export interface RunnableArtefact {
  readonly folder: string
  readonly manifest: Manifest
}

export type Ran = Ended & { readonly steps: readonly string[]; readonly doneAtMs: readonly number[] }

/** A stage in a cloud of its own, at which real commands can be killed. */
export interface KillableStage {
  readonly cloud: Cloud
  readonly layout: StageLayout
  /** A new one, unlike every other. */
  readonly artefact: () => RunnableArtefact
  readonly deploy: (artefact: RunnableArtefact, cut?: Cut) => Promise<Ran>
  /** The same, its backend with a share of the calls first. */
  readonly shift: (artefact: RunnableArtefact, cut?: Cut) => Promise<Ran>
  /** From a stage before, in which the artefact is live when this is called. */
  readonly promote: (artefact: RunnableArtefact, cut?: Cut) => Promise<Ran>
  readonly rollback: (cut?: Cut) => Promise<Ran>
  /** @param keep releases that were live and stay */
  readonly prune: (keep: number, cut?: Cut) => Promise<Ran>
  readonly close: () => Promise<void>
}

/** What a killed run holds is free again after so many seconds, and a run that lives renews in time. */
export const LOCK_TTL_SEC = 1
/** As short as a shift can be. */
const SHIFT = '10%/1s'
const GATES = ['check', 'test', 'infra-check', 'rehearsal'].flatMap((gate) => ['--without-gate', gate])

export async function startKillableStage(): Promise<KillableStage> {
  const root = mkdtempSync(join(tmpdir(), 'sax-killed-'))
  const [domain = '', id = ''] = Object.entries(develop.hostedZones)[0] ?? []
  const layout = stageLayout('develop', develop)
  const cloud = await startCloud({
    ...{ accountId: develop.accountId, hostedZones: [{ domain, id }] },
  })
  await prepare(cloud)
  const releaseOf = new Map<string, string>()
  const handlers = new Map<string, Handler>()
  runHere(cloud, handlers)
  const site = await startStandInSite({
    releases: currentReleases(cloud, layout, releaseOf),
    write: await logger(cloud),
  })
  const accounts = join(root, 'packages/topology/accounts')
  mkdirSync(accounts, { recursive: true })
  for (const stage of ['develop', BEFORE]) writeFileSync(join(accounts, `${stage}.json`), JSON.stringify(develop))
  const goesLiveBefore = await startStageBefore(cloud)
  const authority = join(root, 'authority.pem')
  writeFileSync(authority, site.trustedPem)
  const { PATH = '', HOME = '' } = process.env
  const env = {
    ...{ PATH, HOME, NO_COLOR: '1', NODE_COMPILE_CACHE: join(root, 'compiled'), ...cloud.env },
    ...{ SAX_ACCOUNTS_ROOT: root, SAX_POLL_MS: '20', AWS_MAX_ATTEMPTS: '2' },
    ...{ SAX_CONNECT_TO: site.connectTo, SAX_TRUST_CA: authority },
  }
  const run = (given: readonly string[], cut?: Cut) => {
    const whole = [...given, '--lock-ttl', String(LOCK_TTL_SEC)]
    return runKilled(cloud, { given: whole, env, stepOf: (passing: Passing) => stepOf(layout, passing) }, cut)
  }
  const deploying = ({ folder }: RunnableArtefact) =>
    ['deploy', 'develop', '--artefact', folder, ...GATES, '--because', 'tried by a test'] as const
  let made = 0
  return {
    cloud,
    layout,
    artefact: () => {
      made += 1
      const folder = join(root, `artefact-${made}`)
      const manifest = writeRunnable(folder, `1.0.${made}`)
      for (const { codeSha256, file } of manifest.functions) {
        releaseOf.set(codeSha256, manifest.release)
        handlers.set(codeSha256, handlerIn(join(folder, file)))
      }
      return { folder, manifest }
    },
    deploy: (artefact, cut) => run(deploying(artefact), cut),
    shift: (artefact, cut) => run([...deploying(artefact), '--shift', SHIFT], cut),
    promote: async ({ folder }, cut) => {
      await goesLiveBefore(folder)
      return run(['promote', BEFORE, 'develop'], cut)
    },
    rollback: (cut) => run(['rollback', 'develop'], cut),
    prune: (keep, cut) => run(['prune', 'develop', '--keep', String(keep)], cut),
    close: async () => {
      await site.close()
      await cloud.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** What a function of a runnable artefact does when it is called. */
type Handler = (event: unknown) => Promise<unknown>

/** Runs functions in this process: what is tried is the command, and a process for each version takes longer than it. */
function runHere(cloud: Cloud, handlers: ReadonlyMap<string, Handler>): void {
  const functions = createReleasedFunctions(settingsOf(cloud))
  const published = new Map<string, string>()
  cloud.attend(async ({ call, when, body }) => {
    if (call.action !== 'Invoke' || when === 'after') return 'goes on'
    const { FunctionName = '', Qualifier = '' } = call.parameters
    const known = published.get(`${FunctionName} ${Qualifier}`)
    const codeSha256 = known ?? (await functions.state(FunctionName, Qualifier))?.codeSha256 ?? ''
    if (/^\d+$/.test(Qualifier)) published.set(`${FunctionName} ${Qualifier}`, codeSha256)
    const answer = await handlers.get(codeSha256)?.(JSON.parse(body.toString('utf8')))
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
  })
}

function handlerIn(zip: string): Handler {
  const code = unzipSync(readFileSync(zip))['index.mjs'] ?? new Uint8Array()
  const module = import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  return async (event) => ((await module) as { handler: Handler }).handler(event)
}

/** Infrastructure and secrets, made by what makes the real ones. */
async function prepare(cloud: Cloud): Promise<void> {
  const outcome = await infraApply({ stage: 'develop', yes: true }, applyPorts(cloud, wholeStage()))
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  const options = clientOptions(settingsOf(cloud))
  const secrets = new SecretsManagerClient(options)
  for (const [name, value] of [
    ['auth0', { clientSecret: 'a'.repeat(40) }],
    ['user-context', { current: 'b'.repeat(40) }],
    ['session', { current: 'c'.repeat(40) }],
    ['twilio', { authToken: 'd'.repeat(32) }],
  ] as const) {
    const SecretId = `sleepconnect/develop/${name}`
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }))
  }
  secrets.destroy()
}

/** Asked again only when an alias has moved: the site is asked dozens of times after it. */
function currentReleases(cloud: Cloud, layout: StageLayout, releaseOf: ReadonlyMap<string, string>) {
  const functions = createReleasedFunctions(settingsOf(cloud))
  let known: Promise<Readonly<Record<string, string | undefined>>> | undefined
  cloud.attend(async ({ call, when }) => {
    if (call.action === 'UpdateAlias' && when === 'after') known = undefined
    return 'goes on'
  })
  const look = async () => {
    const entries = layout.functions.map(async ({ role, functionName }) => {
      const state = await functions.state(functionName, 'live')
      return [role, releaseOf.get(state?.codeSha256 ?? '')] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }
  return () => {
    known ??= look()
    return known
  }
}

/** Writes lines where the functions of the stage write theirs. */
async function logger(cloud: Cloud) {
  const logs = new CloudWatchLogsClient(clientOptions(settingsOf(cloud)))
  const at = { logGroupName: logGroupName('develop', 'outreach-api'), logStreamName: 'stand-in' }
  await logs.send(new CreateLogStreamCommand(at))
  return async (lines: readonly { readonly service: string; readonly message: string; readonly fields: object }[]) => {
    const timestamp = Date.now()
    const logEvents = lines.map(({ service, message, fields }, index) => ({
      timestamp,
      message: JSON.stringify({ service, message, ...fields, time: new Date(timestamp + index).toISOString() }),
    }))
    await logs.send(new PutLogEventsCommand({ ...at, logEvents }))
  }
}
