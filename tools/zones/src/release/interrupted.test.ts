import { expect, test } from 'vitest'
import { type DeployArguments, deploy } from '../commands/deploy.ts'
import { rollback } from '../commands/rollback.ts'
import { Killed, type MemoryStage, memoryStage, reached } from './test/memory-stage.ts'
import { type TinyArtefact, tinyArtefact } from './test/tiny-artefact.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({
  version: '2.0.0',
  migrations: [
    { name: '0001_first.sql', kind: 'expand' },
    { name: '0002_second.sql', kind: 'expand' },
  ],
})
const three = tinyArtefact({
  version: '3.0.0',
  migrations: [
    { name: '0001_first.sql', kind: 'expand' },
    { name: '0002_second.sql', kind: 'expand' },
  ],
})
const usual = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 } as const

const live = (stage: MemoryStage) =>
  JSON.parse(new TextDecoder().decode(stage.buckets.get(stage.layout.releaseBucket)?.get('live.json')?.bytes))

async function stageWith(...artefacts: readonly TinyArtefact[]): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    const outcome = await deploy(usual, stage.process().deployPorts(artefact))
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  }
  return stage
}

const shifting: DeployArguments = { ...usual, shift: '10%/2s' }

/** Calls that a deployment makes when nothing happens to it. */
async function callsOf(artefact: TinyArtefact, given: DeployArguments): Promise<readonly string[]> {
  const stage = await stageWith(one)
  const process = stage.process()
  await deploy(given, process.deployPorts(artefact))
  return process.calls
}

async function killed(
  stage: MemoryStage,
  call: number,
  when: 'before' | 'after',
  given: DeployArguments,
): Promise<void> {
  const process = stage.process({ breaking: { call, when } })
  const ended = await deploy(given, process.deployPorts(two)).catch((error: unknown) => error)
  if (!(ended instanceof Killed)) expect(ended).toMatchObject({ kind: 'done' })
}

/** Kills a deployment before and after every call from the first of that name on, and looks at what comes of it. */
async function killedEverywhere(
  given: DeployArguments,
  since: string,
  look: (stage: MemoryStage, where: string) => Promise<void>,
): Promise<void> {
  const calls = await callsOf(two, given)
  const first = calls.findIndex((call) => call.startsWith(since))
  expect(first).toBeGreaterThanOrEqual(0)
  for (const [index, call] of calls.entries()) {
    for (const when of index < first ? [] : (['before', 'after'] as const)) {
      const stage = await stageWith(one)
      await killed(stage, index + 1, when, given)
      await look(stage, `${when} call ${index + 1}, ${call}`)
    }
  }
}

test.each([
  ['without a shift', usual, ''],
  ['with one', shifting, 'functions.alias'],
])(
  'killed before or after any call %s, the same command ends as if nothing had happened',
  {
    timeout: 60_000,
  },
  async (_what, given, since) => {
    const wanted = await stageWith(one, two)
    await killedEverywhere(given, since, async (stage, where) => {
      const outcome = await deploy(given, stage.process({ person: 'joe' }).deployPorts(two))
      expect(outcome, where).toMatchObject({ kind: 'done' })
      expect(reached(stage), where).toEqual(reached(wanted))
      expect({ ...live(stage), record: '' }, where).toEqual({ ...live(wanted), record: '' })
    })
  },
)

test.each([
  ['without a shift', usual, ''],
  ['with one', shifting, 'functions.shareAlias'],
])(
  'killed before or after any call %s, another artefact finds the stage as it was before, and goes live',
  {
    timeout: 60_000,
  },
  async (_what, given, since) => {
    const wanted = await stageWith(one, three)
    await killedEverywhere(given, since, async (stage, where) => {
      const outcome = await deploy(usual, stage.process({ person: 'joe' }).deployPorts(three))
      expect(outcome, where).toMatchObject({ kind: 'done' })
      expect(reached(stage), where).toEqual(reached(wanted))
    })
  },
)

test('killed while calls are shared, a rollback takes the share back; once a release is live, it goes back to the one before', {
  timeout: 60_000,
}, async () => {
  const wanted = await stageWith(one)
  const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
  await killedEverywhere(shifting, 'functions.shareAlias', async (stage, where) => {
    const outcome = await rollback(back, stage.process({ person: 'joe' }).deployPorts(one))
    expect(outcome, where).toMatchObject({ kind: 'done' })
    expect(reached(stage), where).toEqual(reached(wanted))
  })
})
