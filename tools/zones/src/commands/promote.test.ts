import { describe, expect, test } from 'vitest'
import { copyOf, Killed, type MemoryStage, memoryStage, type Process, reached } from '../release/test/memory-stage.ts'
import { owedProbes } from '../release/test/owed-probes.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { type PromoteArguments, promote } from './promote.ts'
import { prune } from './prune.ts'
import { rollback } from './rollback.ts'

const zero = tinyArtefact({ version: '0.9.0' })
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

/** Nothing but what is about the way is asked for. */
const notSeen = [...gates, 'verified-staging'].map((gate) => ({ gate, because: 'it is about what is live' }))
/** `two` without any gate, agreed to as a person does. */
const unproven = { overrides: notSeen, confirmed: `production/${two.manifest.release}` }

const json = (stage: MemoryStage, key: string) =>
  JSON.parse(new TextDecoder().decode(stage.buckets.get(stage.layout.releaseBucket)?.get(key)?.bytes))
const live = (stage: MemoryStage) => json(stage, 'live.json')

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

/** Every byte that a stage keeps, by bucket and key, as its digest. */
const bytesOf = (stage: MemoryStage, prefix = '') =>
  [...stage.buckets].flatMap(([name, objects]) =>
    [...objects].flatMap(([key, { sha256 }]) => (key.startsWith(prefix) ? [`${name} ${key} ${sha256}`] : [])),
  )
const artefactsIn = (stage: MemoryStage) =>
  bytesOf(stage, 'artefacts/')
    .map((one) => one.split(' ').slice(1).join(' '))
    .toSorted()
const gatesIn = (stage: MemoryStage) => bytesOf(stage, 'gates/').map((one) => one.split(' ')[1])

/** Promotes what `from` has into copies of `stage`, killed before and after every call to it in turn. */
async function killedEverywhere(
  from: MemoryStage,
  stage: MemoryStage,
  look: (killed: MemoryStage, where: string) => Promise<void>,
): Promise<void> {
  const into = (process: Process) =>
    promote(usual, { from: from.process().deployPorts(one), to: process.deployPorts(one) })
  const counting = copyOf(stage).process()
  expect(await into(counting)).toMatchObject({ kind: 'done' })
  for (const [index, call] of counting.calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const copy = copyOf(stage)
      const ended = await into(copy.process({ breaking: { call: index + 1, when } })).catch((error: unknown) => error)
      if (!(ended instanceof Killed)) expect(ended).toMatchObject({ kind: 'done' })
      await look(copy, `${when} call ${index + 1}, ${call}`)
    }
  }
}

describe('killed before or after any call', () => {
  const stages = async () => {
    const [from, production] = [await staging({ artefact: one }, { artefact: two }), memoryStage('production')]
    expect(await promoted(await staging({ artefact: one }), production)).toMatchObject({ kind: 'done' })
    return { from, production }
  }

  test('the same command brings the same bytes with the same proof, and takes nothing from where they come', {
    timeout: 60_000,
  }, async () => {
    const { from, production } = await stages()
    const wanted = copyOf(production)
    expect(await promoted(from, wanted)).toMatchObject({ kind: 'done' })
    const untouched = bytesOf(from)
    await killedEverywhere(from, production, async (killed, where) => {
      const again = { from: from.process().deployPorts(one), to: killed.process({ person: 'joe' }).deployPorts(one) }
      expect(await promote(usual, again), where).toMatchObject({ kind: 'done' })
      expect(reached(killed), where).toEqual(reached(wanted))
      expect({ ...live(killed), record: '' }, where).toEqual({ ...live(wanted), record: '' })
      expect(artefactsIn(killed), where).toEqual(artefactsIn(from))
      expect(gatesIn(killed).toSorted(), where).toEqual(gatesIn(wanted).toSorted())
      expect(json(killed, 'lock.json'), where).toEqual({ format: 1, state: 'free' })
      expect(json(killed, 'work.json'), where).toEqual({ format: 1, state: 'none' })
    })
    expect(bytesOf(from)).toEqual(untouched)
  })

  test('a rollback finds the stage as it was, or brings it there', { timeout: 60_000 }, async () => {
    const { from } = await stages()
    // Of the very first release there is nothing before it; one more lies under it.
    const before = memoryStage('production')
    expect(await promoted(await staging({ artefact: zero }), before)).toMatchObject({ kind: 'done' })
    expect(await promoted(await staging({ artefact: one }), before)).toMatchObject({ kind: 'done' })
    const wanted = reached(before)
    const back = { stage: 'production', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
    await killedEverywhere(from, before, async (killed, where) => {
      const isHeld = json(killed, 'lock.json').state === 'held'
      const isLive = live(killed).current.functions['outreach-api'].artefact === two.manifest.digest
      const outcome = await rollback(back, killed.process({ person: 'joe' }).deployPorts(one))
      expect(outcome, where).toMatchObject({ kind: 'done' })
      // Nobody knows of a promotion that had not even the lock: from what is live it is gone back as ever.
      if (isHeld || isLive) expect(reached(killed), where).toEqual(wanted)
      else expect(live(killed).current.functions['outreach-api'].artefact, where).toBe(zero.manifest.digest)
    })
  })
})

describe('a stage is not taken backwards by it', () => {
  const wentBack = { to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
  const back = async (stage: MemoryStage) => {
    const { deployPorts } = stage.process()
    const outcome = await rollback({ stage: stage.layout.stage, ...wentBack }, deployPorts(one))
    expect(outcome).toMatchObject({ kind: 'done' })
  }
  const digestIn = (stage: MemoryStage) => live(stage).current.functions['outreach-api'].artefact

  test('what was live there before is refused with the way back to it, and comes all the same when one says so', async () => {
    const production = memoryStage('production')
    expect(await promoted(await staging({ artefact: one }), production)).toMatchObject({ kind: 'done' })
    const from = await staging({ artefact: one }, { artefact: two })
    expect(await promoted(from, production)).toMatchObject({ kind: 'done' })
    await back(from)
    const untouched = bytesOf(production)
    const { release } = one.manifest
    expect(await promoted(from, production)).toEqual({
      kind: 'refused',
      text: '',
      reason: [
        `${release} was live in production before ${two.manifest.release}, which is live now: this would go backwards.`,
        `    Next: npx zones rollback production --to ${release}; or --older, to bring it all the same`,
        'Nothing was changed.',
      ].join('\n'),
    })
    expect(bytesOf(production)).toEqual(untouched)
    expect(await promoted(from, production, { older: true })).toMatchObject({ kind: 'done' })
    expect(digestIn(production)).toBe(one.manifest.digest)
  })

  test('what the first stage had before what is live in the second is refused, also where it never was', async () => {
    const production = memoryStage('production')
    const from = await staging({ artefact: one }, { artefact: two })
    expect(await promoted(from, production)).toMatchObject({ kind: 'done' })
    await back(from)
    const untouched = bytesOf(production)
    expect(await promoted(from, production)).toEqual({
      kind: 'refused',
      text: '',
      reason: [
        `staging had ${one.manifest.release} before ${two.manifest.release}, which is live in production: this would go backwards.`,
        '    Next: bring what is newer to staging first; or --older, to bring it all the same',
        'Nothing was changed.',
      ].join('\n'),
    })
    expect(bytesOf(production)).toEqual(untouched)
    expect(await promoted(from, production, { older: true })).toMatchObject({ kind: 'done' })
    expect(digestIn(production)).toBe(one.manifest.digest)
  })

  test('a zone that got its release alone is not taken backwards with the others', async () => {
    const production = memoryStage('production')
    const from = await staging({ artefact: one }, { artefact: two })
    expect(await promoted(await staging({ artefact: zero }), production)).toMatchObject({ kind: 'done' })
    const alone = { stage: 'production', zone: 'outreach', ...how, ...unproven }
    expect(await deploy(alone, production.process().deployPorts(two))).toMatchObject({ kind: 'done' })
    await back(from)
    expect(await promoted(from, production)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`staging had ${one.manifest.release} before ${two.manifest.release}`),
    })
  })

  test('a stage that went back and came forward again, and one that is asked for what it has, are let on', async () => {
    const production = memoryStage('production')
    const from = await staging({ artefact: one })
    for (let time = 1; time <= 3; time += 1) expect(await promoted(from, production)).toMatchObject({ kind: 'done' })
    const later = await staging({ artefact: one }, { artefact: two })
    await back(later)
    await back(later)
    expect(await promoted(later, production)).toMatchObject({ kind: 'done' })
    expect(digestIn(production)).toBe(two.manifest.digest)
  })

  test('what was put back because it did not hold, or came for one zone alone, had not been live there', async () => {
    const from = await staging({ artefact: one }, { artefact: two })
    const afterwards: readonly ((production: MemoryStage) => Promise<void>)[] = [
      async (production) => {
        production.probes = (releases) =>
          owedProbes(Object.values(releases).includes(two.manifest.release) ? 'broken' : 'kept')
        expect(await promoted(from, production)).toMatchObject({ kind: 'stopped' })
        production.probes = undefined
      },
      async (production) => {
        const alone = { stage: 'production', zone: 'outreach', ...how, ...unproven }
        expect(await deploy(alone, production.process().deployPorts(two))).toMatchObject({ kind: 'done' })
        await back(production)
      },
    ]
    for (const tried of afterwards) {
      const production = memoryStage('production')
      expect(await promoted(await staging({ artefact: zero }), production)).toMatchObject({ kind: 'done' })
      await tried(production)
      expect(await promoted(await staging({ artefact: one }), production)).toMatchObject({ kind: 'done' })
      expect(await promoted(from, production)).toMatchObject({ kind: 'done' })
    }
  })
})

describe('D15: the lock of a stage', () => {
  test('of two promotions at once, and of one beside a prune, one has it and the other is told who', async () => {
    const from = await staging({ artefact: one })
    const alone = memoryStage('production')
    const by = (stage: MemoryStage, person: string) =>
      promote(usual, { from: from.process().deployPorts(one), to: stage.process({ person }).deployPorts(one) })
    const pruned = memoryStage('production')
    expect(await by(pruned, 'jane')).toMatchObject({ kind: 'done' })
    const pruning = { stage: 'production', keep: 1, dryRun: false, lockTtlSec: 60 }
    for (const both of [
      () => [by(alone, 'jane'), by(alone, 'joe')],
      () => [by(pruned, 'jane'), prune(pruning, pruned.process({ person: 'joe' }).prunePorts())],
    ]) {
      const outcomes = await Promise.all(both())
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused'])
      expect(outcomes.find(({ kind }) => kind === 'refused')).toMatchObject({
        reason: expect.stringMatching(/^(jane|joe) (holds the lock|has just ended a)/),
      })
    }
  })

  test('of one who died while it was promoted is taken over after its time, and not before', async () => {
    const from = await staging({ artefact: one })
    const production = memoryStage('production')
    const by = (process: Process) =>
      promote(usual, { from: from.process().deployPorts(one), to: process.deployPorts(one) })
    await expect(by(production.process({ breaking: { call: 120, when: 'after' } }))).rejects.toThrow(Killed)
    const { writtenAtMs = 0 } = production.buckets.get(production.layout.releaseBucket)?.get('lock.json') ?? {}
    expect(json(production, 'lock.json')).toMatchObject({ state: 'held', person: 'jane', command: 'deploy' })
    expect(await by(production.process({ person: 'joe' }))).toMatchObject({ kind: 'done' })
    const [{ endedAt, ...step }] = json(production, live(production).record).steps
    expect(step).toMatchObject({ name: 'lock', detail: 'ours; jane left it and its time was up' })
    expect(Date.parse(endedAt) - writtenAtMs).toBeGreaterThanOrEqual(60_000)
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
