import { describe, expect, test } from 'vitest'
import { type MemoryStage, memoryStage } from '../release/test/memory-stage.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { type PromoteArguments, promote } from './promote.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const how = { dryRun: false, json: false, overrides: [], lockTtlSec: 60 }
const usual: PromoteArguments = { from: 'staging', to: 'production', ...how }
const gates = ['check', 'test', 'infra-check', 'rehearsal']

/** Staging with what `artefacts` leave, its gates kept in its bucket as the build machine writes them. */
async function staging(
  ...steps: readonly { readonly artefact: typeof one; readonly zone?: string }[]
): Promise<MemoryStage> {
  const stage = memoryStage('staging')
  for (const { artefact, zone } of steps) {
    const { ports, deployPorts } = stage.process()
    for (const gate of gates) {
      const { digest, release } = artefact.manifest
      const result = {
        format: 1,
        gate,
        digest,
        release,
        commit: 'x',
        command: ['x'],
        exitCode: 0,
        startedAt: 'x',
        endedAt: 'x',
        who: 'ci',
      }
      await ports.releases.write(`gates/${digest}/${gate}.json`, JSON.stringify(result), { kind: 'any' })
    }
    const outcome = await deploy({ stage: 'staging', zone, ...how }, deployPorts(artefact))
    expect(outcome).toMatchObject({ kind: 'done' })
  }
  return stage
}

const promoted = (from: MemoryStage, to: MemoryStage, more: Partial<PromoteArguments> = {}) =>
  promote({ ...usual, ...more }, { from: from.process().deployPorts(one), to: to.process().deployPorts(one) })

const live = (stage: MemoryStage) =>
  JSON.parse(new TextDecoder().decode(stage.buckets.get(stage.layout.releaseBucket)?.get('live.json')?.bytes))

test('the bytes that were seen in staging become live in production, with their gates and their proof', async () => {
  const production = memoryStage('production')
  expect(await promoted(await staging({ artefact: one }), production)).toMatchObject({ kind: 'done' })
  const { current, record } = live(production)
  expect(current.functions['outreach-api'].artefact).toBe(one.manifest.digest)
  const { plan } = JSON.parse(
    new TextDecoder().decode(production.buckets.get(production.layout.releaseBucket)?.get(record)?.bytes),
  )
  expect(plan.gates.map(({ gate, standing }: { gate: string; standing: string }) => `${gate} ${standing}`)).toEqual([
    'check passed',
    'test passed',
    'infra-check passed',
    'rehearsal passed',
    'verified-staging passed',
  ])
})

test('gates that were brought along to the first stage are found by every stage after it', async () => {
  const develop = memoryStage('develop')
  const staging = memoryStage('staging')
  const production = memoryStage('production')
  const brought = { ...how, stage: 'develop', zone: undefined }
  expect(await deploy(brought, develop.process().deployPorts(one))).toMatchObject({ kind: 'done' })
  expect(await promoted(develop, staging, { from: 'develop', to: 'staging' })).toMatchObject({ kind: 'done' })
  expect(await promoted(staging, production)).toMatchObject({ kind: 'done' })
})

test('production takes nothing that staging was not seen with', async () => {
  const production = memoryStage('production')
  const outcome = await deploy({ stage: 'production', zone: undefined, ...how }, production.process().deployPorts(one))
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(`Nobody has shown that ${one.manifest.release} passes the gate verified-staging.`),
  })
})

describe('it is refused', () => {
  test.each<[why: string, from: () => Promise<MemoryStage>, more: Partial<PromoteArguments>, sentence: string]>([
    ['where nothing is live', () => staging(), {}, 'No release is live in staging.'],
    [
      'where two releases are live',
      () => staging({ artefact: one }, { artefact: two, zone: 'outreach' }),
      {},
      'of several releases',
    ],
    ['to the same stage', () => staging(), { to: 'staging' }, 'from one stage to another'],
    ['from a stage that is none', () => staging(), { from: 'local' }, 'No stage of that name lives in an account'],
    [
      'where the files are not what they were',
      async () => {
        const stage = await staging({ artefact: one })
        const objects = stage.buckets.get(stage.layout.releaseBucket)
        const key = `artefacts/${one.manifest.digest}/files/functions/outreach-api.zip`
        const stored = objects?.get(key)
        if (stored !== undefined) objects?.set(key, { ...stored, sha256: 'e'.repeat(64) })
        return stage
      },
      {},
      'is not what its manifest says',
    ],
  ])('%s', async (_why, from, more, sentence) => {
    const production = memoryStage('production')
    const outcome = await promoted(await from(), production, more)
    expect(outcome).toMatchObject({ reason: expect.stringContaining(sentence) })
    expect(outcome.kind).not.toBe('done')
    expect([...production.functions.values()].every(({ alias }) => alias.version === '1')).toBe(true)
  })
})
