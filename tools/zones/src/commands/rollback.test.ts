import { describe, expect, test } from 'vitest'
import { Killed, type MemoryStage, memoryStage, reached } from '../release/test/memory-stage.ts'
import { owedProbes } from '../release/test/owed-probes.ts'
import { type TinyArtefact, tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { type RollbackArguments, rollback } from './rollback.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual: RollbackArguments = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
const deploying = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 }

async function stageWith(...artefacts: readonly TinyArtefact[]): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(deploying, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  return stage
}

const back = (stage: MemoryStage, more: Partial<RollbackArguments> = {}) =>
  rollback({ ...usual, ...more }, stage.process().deployPorts(one))

test('D7, D16: after B over A, going back makes A answer: code, files and edges together', async () => {
  const stage = await stageWith(one)
  const a = reached(stage)
  await deploy(deploying, stage.process().deployPorts(two))
  expect(reached(stage)).not.toEqual(a)
  stage.invalidated.length = 0
  expect(await back(stage)).toMatchObject({
    kind: 'done',
    text: expect.stringContaining(`back at ${one.manifest.release}`),
  })
  expect(reached(stage)).toEqual(a)
  expect(stage.invalidated).toHaveLength(2)
})

test('going back twice is going forward again', async () => {
  const stage = await stageWith(one, two)
  const b = reached(stage)
  await back(stage)
  await back(stage)
  expect(reached(stage)).toEqual(b)
})

test('a release of long ago is gone back to by its name, a zone by itself', async () => {
  const stage = await stageWith(one, two, tinyArtefact({ version: '3.0.0' }))
  await back(stage, { to: one.manifest.release, zone: 'outreach' })
  const { code, logo } = reached(stage)
  expect(logo).toBe('logo 1.0.0')
  expect(code['outreach-server']).toContain(one.manifest.release)
  expect(code['outreach-api']).toContain('3.0.0')
})

/** A command, or what there is. */
const saysWhatToDo = /npx zones [a-z]+ develop|there are develop|Zones: /

describe('it is refused', () => {
  test.each<[why: string, artefacts: readonly TinyArtefact[], more: Partial<RollbackArguments>, sentence: string]>([
    ['where nothing was released', [], {}, 'No release is live in develop.'],
    ['where nothing was before', [one], {}, 'Before this release outreach-api had none'],
    [
      'for a release that never was',
      [one, two],
      { to: '9.9.9-000000000000' },
      'No release 9.9.9-000000000000 was ever live',
    ],
    ['for what is live', [one, two], { to: two.manifest.release }, 'is what is live in develop.'],
    ['for a zone that is none', [one, two], { zone: 'inreach' }, 'There is no zone inreach.'],
    ['for a stage that is none', [one, two], { stage: 'local' }, 'No stage of that name lives in an account'],
  ])('%s', async (_why, artefacts, more, sentence) => {
    const stage = await stageWith(...artefacts)
    const before = reached(stage)
    const outcome = await back(stage, more)
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringMatching(saysWhatToDo) })
    expect(reached(stage)).toEqual(before)
  })

  test('while the live database holds a migration that the target cannot read', async () => {
    const stage = await stageWith(one)
    const contracting = tinyArtefact({
      version: '2.0.0',
      migrations: [
        { name: '0001_first.sql', kind: 'expand' },
        { name: '0002_new_column.sql', kind: 'expand' },
        { name: '0003_drop_column.sql', kind: 'contract', safeFrom: '0002_new_column.sql' },
      ],
      needsMigration: '0002_new_column.sql',
    })
    await deploy(deploying, stage.process().deployPorts(contracting))
    // As long as 1.0.0 is kept, the column stays.
    expect(stage.database.applied.map(({ name }) => name)).toEqual(['0001_first.sql', '0002_new_column.sql'])
    stage.database.applied.push({ name: '0003_drop_column.sql', sha256: 'f'.repeat(64) })
    expect(await back(stage)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(
        `0003_drop_column.sql took away what ${one.manifest.release} uses (it is safe from 0002_new_column.sql on)`,
      ),
    })
  })

  test('where a version is gone', async () => {
    const stage = await stageWith(one, two)
    for (const fn of stage.functions.values()) fn.versions.delete('2')
    expect(await back(stage)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('Version 2 of outreach-api is no longer there.'),
    })
  })
})

test('what somebody moved by hand is put where the last release left it', async () => {
  const stage = await stageWith(one, two)
  const left = reached(stage)
  for (const fn of stage.functions.values()) if (fn.versions.size > 2) fn.alias = { version: '2', revision: 77 }
  expect(await back(stage, { to: two.manifest.release })).toMatchObject({ kind: 'done' })
  expect(reached(stage)).toEqual(left)
})

test('killed before or after any call, the same rollback by name ends the same', {
  timeout: 60_000,
}, async () => {
  const whole = await stageWith(one, two)
  const process = whole.process()
  await rollback(usual, process.deployPorts(one))
  const wanted = reached(whole)
  for (const [index, call] of process.calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const stage = await stageWith(one, two)
      const dying = stage.process({ breaking: { call: index + 1, when } })
      const ended = await rollback(usual, dying.deployPorts(one)).catch((error: unknown) => error)
      if (!(ended instanceof Killed)) expect(ended).toMatchObject({ kind: 'done' })
      // Undone by the first, done by the second: an interrupted rollback is gone back from as well.
      const outcome = await back(stage, { to: one.manifest.release })
      const where = `${when} call ${index + 1}, ${call}`
      expect(['done', 'refused'], where).toContain(outcome.kind)
      expect(reached(stage), where).toEqual(wanted)
    }
  }
})

test('killed before or after any call, the same rollback without a name does not go forward again', {
  timeout: 60_000,
}, async () => {
  const whole = await stageWith(one, two)
  const process = whole.process()
  await rollback(usual, process.deployPorts(one))
  const wanted = reached(whole)
  for (const [index, call] of process.calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const stage = await stageWith(one, two)
      const dying = stage.process({ breaking: { call: index + 1, when } })
      await rollback(usual, dying.deployPorts(one)).catch((error: unknown) => error)
      const where = `${when} call ${index + 1}, ${call}`
      // Once the lock is given back it has ended, whether anybody heard of it or not: what comes then is another one.
      if (index === process.calls.length - 1 && when === 'after') continue
      expect(await back(stage), where).toMatchObject({ kind: 'done' })
      expect(reached(stage), where).toEqual(wanted)
    }
  }
})

describe('what an interrupted run left is told once it was seen', () => {
  /** Killed after the first call of that name: a deploy of two, or the rollback from two to one. */
  const diedAfter = async (call: string, command: 'deploy' | 'rollback'): Promise<MemoryStage> => {
    const run = (process: ReturnType<MemoryStage['process']>) =>
      command === 'deploy' ? deploy(deploying, process.deployPorts(two)) : rollback(usual, process.deployPorts(one))
    const before = command === 'deploy' ? [tinyArtefact({ version: '0.1.0' }), one] : [one, two]
    const counting = (await stageWith(...before)).process()
    await run(counting)
    const stage = await stageWith(...before)
    const at = counting.calls.findLastIndex((made) => made.startsWith(call)) + 1
    await expect(run(stage.process({ breaking: { call: at, when: 'after' } }))).rejects.toThrow(Killed)
    return stage
  }

  test.each<[what: string, command: 'deploy' | 'rollback', call: string, words: string]>([
    ['a deploy that had moved no alias', 'deploy', 'functions.publish', 'had moved no alias: develop is at 1.0.0'],
    [
      'a rollback that had come to its end',
      'rollback',
      'releases.write work',
      'had come to its end: develop is at 1.0.0',
    ],
  ])('%s', async (_what, command, call, words) => {
    const stage = await diedAfter(call, command)
    const asked: string[] = []
    stage.probes = (expected) => {
      asked.push(expected['outreach-server'] ?? '')
      return owedProbes('kept')
    }
    const outcome = await back(stage, { json: true })
    expect(outcome.kind).toBe('done')
    expect(JSON.parse('text' in outcome ? outcome.text : '')).toMatchObject({ told: expect.stringContaining(words) })
    expect(asked).toEqual([one.manifest.release])
    const broken = await diedAfter(call, command)
    const before = reached(broken)
    broken.probes = () => owedProbes('broken')
    expect(await back(broken)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(
        /What release\.expected is about.*npx zones doctor develop.*Nothing was changed\.$/,
      ),
    })
    expect(reached(broken)).toEqual(before)
  })
})

test('a deploy that was killed after any call is undone, and nothing that was live before it', {
  timeout: 60_000,
}, async () => {
  const zero = tinyArtefact({ version: '0.1.0' })
  const whole = await stageWith(zero, one)
  const wanted = reached(whole)
  const process = whole.process()
  await deploy(deploying, process.deployPorts(two))
  const locked = process.calls.indexOf('releases.write lock.json')
  for (const [index, call] of process.calls.entries()) {
    // Before it has the lock nobody knows of it.
    if (index < locked) continue
    const stage = await stageWith(zero, one)
    const dying = stage.process({ breaking: { call: index + 1, when: 'after' } })
    await deploy(deploying, dying.deployPorts(two)).catch((error: unknown) => error)
    const where = `after call ${index + 1}, ${call}`
    expect(await back(stage), where).toMatchObject({ kind: 'done' })
    expect(reached(stage), where).toEqual(wanted)
  }
})
