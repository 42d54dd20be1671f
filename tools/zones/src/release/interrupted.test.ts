import { expect, test } from 'vitest'
import { deploy } from '../commands/deploy.ts'
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

/** Calls that a deployment makes when nothing happens to it. */
async function callsOf(artefact: TinyArtefact): Promise<readonly string[]> {
  const stage = await stageWith(one)
  const process = stage.process()
  await deploy(usual, process.deployPorts(artefact))
  return process.calls
}

async function killed(stage: MemoryStage, call: number, when: 'before' | 'after'): Promise<void> {
  const process = stage.process({ breaking: { call, when } })
  const ended = await deploy(usual, process.deployPorts(two)).catch((error: unknown) => error)
  if (!(ended instanceof Killed)) expect(ended).toMatchObject({ kind: 'done' })
}

test('killed before or after any call, the same command ends as if nothing had happened', {
  timeout: 60_000,
}, async () => {
  const calls = await callsOf(two)
  const wanted = await stageWith(one, two)
  for (const [index] of calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const stage = await stageWith(one)
      await killed(stage, index + 1, when)
      const outcome = await deploy(usual, stage.process({ person: 'joe' }).deployPorts(two))
      const where = `${when} call ${index + 1}, ${calls[index]}`
      expect(outcome, where).toMatchObject({ kind: 'done' })
      expect(reached(stage), where).toEqual(reached(wanted))
      expect({ ...live(stage), record: '' }, where).toEqual({ ...live(wanted), record: '' })
    }
  }
})

test('killed before or after any call, another artefact finds the stage as it was before, and goes live', {
  timeout: 60_000,
}, async () => {
  const calls = await callsOf(two)
  const wanted = await stageWith(one, three)
  for (const [index] of calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const stage = await stageWith(one)
      await killed(stage, index + 1, when)
      const outcome = await deploy(usual, stage.process({ person: 'joe' }).deployPorts(three))
      const where = `${when} call ${index + 1}, ${calls[index]}`
      expect(outcome, where).toMatchObject({ kind: 'done' })
      expect(reached(stage), where).toEqual(reached(wanted))
    }
  }
})
