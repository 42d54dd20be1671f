import { createHash } from 'node:crypto'
import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud as Emulator } from '@sax/cloud'
import { LIVE_ALIAS } from '@sax/topology'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPorts, cloudOf, develop, settingsOf, startEmulator, wholeStage } from '../../test/infra/emulator.ts'
import { quietProgress } from '../../test/infra/fakes.ts'
import { createAlarms } from '../aws/alarms.ts'
import { clientOptions } from '../aws/client-settings.ts'
import { createDistributions } from '../aws/invalidations.ts'
import { createReleasedFunctions } from '../aws/released-functions.ts'
import { createBuckets } from '../aws/s3-bucket.ts'
import type { ArtefactAtHand, ReleasePorts } from '../release/ports.ts'
import { createStackFacts } from '../release/stack-facts.ts'
import { BACKEND, functionNameOf, stageLayout } from '../release/stage-layout.ts'
import { owedProbes } from '../release/test/owed-probes.ts'
import { runTiny } from '../release/test/run-tiny.ts'
import { type TinyArtefact, tinyArtefact } from '../release/test/tiny-artefact.ts'
import { type DeployPorts, deploy } from './deploy.ts'
import { infraApply } from './infra-apply.ts'
import { rollback } from './rollback.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
  const outcome = await infraApply({ stage: 'develop', yes: true }, applyPorts(emulator, wholeStage()))
  expect(outcome).toMatchObject({ kind: 'done' })
  // moto does not read conditions: it takes the refusal of whoever comes without TLS for a refusal of everybody.
  const s3 = new S3Client({ ...clientOptions(settingsOf(emulator)), forcePathStyle: true })
  for (const Bucket of [layout.releaseBucket, ...layout.assetBuckets.map(({ bucket }) => bucket)]) {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  }
  s3.destroy()
}, 120_000)
afterAll(() => emulator.stop())

const layout = stageLayout('develop', develop)
const database = { applied: [] }
/** What the zips of the tiny artefacts hold, by the digest that Lambda says. */
const codes = new Map<string, string>()

/** The same artefact with genuine zips: Lambda takes nothing else. */
function zipped(tiny: TinyArtefact): ArtefactAtHand {
  const zips = new Map<string, Uint8Array>()
  const functions = tiny.manifest.functions.map((one) => {
    const code = tiny.files.get(one.file) ?? new Uint8Array()
    const zip = zipSync({ 'index.mjs': [code, { mtime: new Date(1980, 0, 1) }] })
    zips.set(one.file, zip)
    const digest = createHash('sha256').update(zip)
    const codeSha256 = digest.copy().digest('base64')
    codes.set(codeSha256, new TextDecoder().decode(code))
    return { ...one, sha256: digest.digest('hex'), codeSha256, bytes: zip.length }
  })
  const manifest = { ...tiny.manifest, functions }
  return { manifest, file: async (path) => zips.get(path) ?? tiny.file(path) }
}

function ports(artefact: ArtefactAtHand, person = 'jane'): DeployPorts {
  const settings = settingsOf(emulator)
  const functions = createReleasedFunctions(settings)
  const buckets = createBuckets(settings)
  const roles = new Map(layout.functions.map(({ functionName, role }) => [functionName, role]))
  const release: ReleasePorts = {
    releases: buckets(layout.releaseBucket),
    assets: buckets,
    functions,
    // The emulator keeps functions and runs none.
    invoke: async (name, version, event) => {
      const state = await functions.state(name, version)
      return runTiny(roles.get(name) ?? '', codes.get(state?.codeSha256 ?? ''), event, database)
    },
    invokeOften: async () => undefined,
    probe: async (expected) => {
      const seen = await Promise.all(
        Object.entries(expected).map(async ([role, wanted]) => {
          const name = layout.functions.find((one) => one.role === role)?.functionName ?? ''
          const state = await functions.state(name, 'live')
          return codes.get(state?.codeSha256 ?? '')?.includes(wanted) === true
        }),
      )
      return owedProbes(seen.every(Boolean) ? 'kept' : 'broken')
    },
    person: async () => person,
    lint: async () => ({ kind: 'good', told: '' }),
    secrets: async () => ({ kind: 'good', told: '' }),
    distributions: createDistributions(settings),
    stacks: createStackFacts(cloudOf(emulator).cloudFormation),
    alarms: createAlarms(settings),
    isInterrupted: () => false,
    newId: () => Math.random().toString(36).slice(2),
    now: () => new Date(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 50))),
    everyMs: 20,
    lock: {
      elapsedMs: () => performance.now(),
      now: () => new Date(),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 200))),
      repeat: () => () => undefined,
    },
    progress: quietProgress(),
  }
  return {
    facts: () => ({ kind: 'facts', facts: develop, shown: 'accounts/develop.json' }),
    identity: { accountId: async () => develop.accountId },
    release: () => release,
    artefact: async () => artefact,
    gateResults: async (digest) =>
      ['check', 'test', 'infra-check', 'rehearsal'].map((gate) => ({
        ...{ format: 1, gate, digest, release: 'x', commit: 'x', command: ['x'], exitCode: 0 },
        ...{ startedAt: 'x', endedAt: 'x', who: 'ci' },
      })),
  }
}

const deploying = {
  stage: 'develop',
  zone: undefined,
  dryRun: false,
  json: false,
  overrides: [],
  lockTtlSec: 3,
} as const
const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 3 } as const
const live = async () => {
  const functions = createReleasedFunctions(settingsOf(emulator))
  return Promise.all(layout.functions.map(async ({ functionName }) => (await functions.alias(functionName))?.version))
}

test('B over A and back, on the genuine templates and the strict control plane', { timeout: 120_000 }, async () => {
  const a = zipped(tinyArtefact({ version: '1.0.0' }))
  const b = zipped(tinyArtefact({ version: '2.0.0' }))
  const first = await deploy(deploying, ports(a))
  expect(first, JSON.stringify(first)).toMatchObject({ kind: 'done' })
  const atA = await live()
  expect(await deploy(deploying, ports(b))).toMatchObject({ kind: 'done' })
  expect(await live()).not.toEqual(atA)
  expect(await rollback(back, ports(b))).toMatchObject({ kind: 'done' })
  expect(await live()).toEqual(atA)
  const logo = await createBuckets(settingsOf(emulator))('sax-nextjs-us-east-1-develop-outreach-assets').file(
    'outreach-static/logo of it.svg',
  )
  expect(new TextDecoder().decode(logo)).toBe('logo 1.0.0')
})

test('D15: of two at the same moment one has the stage, and the other is told who', { timeout: 120_000 }, async () => {
  const c = zipped(tinyArtefact({ version: '3.0.0' }))
  const both = await Promise.all([deploy(deploying, ports(c, 'jane')), deploy(deploying, ports(c, 'joe'))])
  expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused'])
  const refused = both.find(({ kind }) => kind === 'refused')
  // Who comes to the lock while it is held is told so; who planned before it was taken and comes when it is free, the other.
  expect(refused).toMatchObject({
    reason: expect.stringMatching(
      /^(jane|joe) (has just ended a deploy\.|holds the lock for deploy since) .*Nothing was changed\.$/,
    ),
  })
})

/** What of the backend's calls goes to another version than the alias names. */
async function shares(): Promise<readonly number[]> {
  const lambda = new LambdaClient(clientOptions(settingsOf(emulator)))
  const asked = { FunctionName: functionNameOf(layout, BACKEND), Name: LIVE_ALIAS }
  const { RoutingConfig } = await lambda.send(new GetAliasCommand(asked))
  lambda.destroy()
  return Object.values(RoutingConfig?.AdditionalVersionWeights ?? {})
}

async function setAlarm(StateValue: 'OK' | 'ALARM'): Promise<void> {
  const cloudWatch = new CloudWatchClient(clientOptions(settingsOf(emulator)))
  const AlarmName = 'sleepconnect-develop-OutreachApiErrors'
  await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'by a test' }))
  cloudWatch.destroy()
}

/** The ports of a run, with something that happens once calls are shared. */
function meanwhile(artefact: ArtefactAtHand, happens: () => Promise<void>): DeployPorts {
  const given = ports(artefact)
  let hasHappened = false
  return {
    ...given,
    release: (...about) => {
      const release = given.release(...about)
      const alarms: ReleasePorts['alarms'] = async (names) => {
        if (!hasHappened && (await shares()).length > 0) {
          hasHappened = true
          await happens()
        }
        return release.alarms(names)
      }
      return { ...release, alarms }
    },
  }
}

test('the backend gets its share for a while, then everything', { timeout: 120_000 }, async () => {
  const [a, b] = [zipped(tinyArtefact({ version: '6.0.0' })), zipped(tinyArtefact({ version: '7.0.0' }))]
  expect(await deploy(deploying, ports(a))).toMatchObject({ kind: 'done' })
  const atA = await live()
  let meanwhileAt: unknown
  const outcome = await deploy(
    { ...deploying, shift: '25%/2s' },
    meanwhile(b, async () => {
      meanwhileAt = [await shares(), await live()]
    }),
  )
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ kind: 'done' })
  expect(meanwhileAt).toEqual([[0.25], atA])
  expect(await shares()).toEqual([])
  expect(await live()).not.toEqual(atA)
})

test('an alarm that goes off while calls are shared puts everything back; before that it is refused', {
  timeout: 120_000,
}, async () => {
  const c = zipped(tinyArtefact({ version: '8.0.0' }))
  const shifting = { ...deploying, shift: '25%/60s' }
  const before = await live()
  const outcome = await deploy(
    shifting,
    meanwhile(c, () => setAlarm('ALARM')),
  )
  expect(outcome).toMatchObject({
    kind: 'stopped',
    reason: expect.stringMatching(/OutreachApiErrors went off while [\s\S]*Everything was put back, and people reach/),
  })
  expect(await shares()).toEqual([])
  expect(await live()).toEqual(before)
  expect(await deploy(shifting, ports(c))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('The backend is not well before anything is shifted: 1 ALARM'),
  })
  await setAlarm('OK')
})

test('who may not look at alarms shifts nothing', { timeout: 120_000 }, async () => {
  const mend = emulator.inject({
    service: 'monitoring',
    action: 'DescribeAlarms',
    effect: {
      ...{ kind: 'error', code: 'AccessDenied', status: 403 },
      message: 'User: x is not authorized to perform: cloudwatch:DescribeAlarms on resource: y',
    },
  })
  const d = zipped(tinyArtefact({ version: '9.0.0' }))
  expect(await deploy({ ...deploying, shift: '25%/60s' }, ports(d))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('Nobody could watch the shift: These credentials may not do cloudwatch:DescribeA'),
  })
  mend()
})
