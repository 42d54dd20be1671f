import { describe, expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import { filesOf } from '../release/artefact-store.ts'
import { artefactFileKey } from '../release/bucket-keys.ts'
import { copyOf, Killed, type MemoryStage, memoryStage, reached } from '../release/test/memory-stage.ts'
import { type TinyArtefact, tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { type PruneArguments, type PrunePorts, prune } from './prune.ts'
import { rollback } from './rollback.ts'

const artefacts = ['1.0.0', '2.0.0', '3.0.0', '4.0.0'].map((version) => tinyArtefact({ version }))
const [one, two, three, four] = artefacts
if (one === undefined || two === undefined || three === undefined || four === undefined)
  throw new Error('four were made')
const deploying = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 }
const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
const usual: PruneArguments = { stage: 'develop', keep: 1, dryRun: false, lockTtlSec: 60 }
const OUTREACH = 'sax-nextjs-us-east-1-develop-outreach-assets'

async function stageWithFour(): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(deploying, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  stage.buckets
    .get(OUTREACH)
    ?.set('outreach-static/of-somebody-else.js', { bytes: new Uint8Array(), etag: '', writtenAtMs: 0, sha256: '' })
  return stage
}

/** @param removals so many are done; then the role has no more rights */
function ports(stage: MemoryStage, removals = Number.POSITIVE_INFINITY): PrunePorts {
  let left = removals
  const may = () => {
    left -= 1
    if (left < 0) {
      const message = 'These credentials may not do s3:DeleteObject.'
      throw new AwsFailure({
        code: 'denied',
        action: 's3:DeleteObject',
        errorName: 'AccessDenied',
        message,
        next: 'Ask.',
      })
    }
  }
  const given = stage.process().prunePorts()
  return {
    ...given,
    bucket: (name) => {
      const bucket = given.bucket(name)
      const remove = async (key: string) => {
        may()
        await bucket.remove(key)
      }
      return { ...bucket, remove }
    },
    functions: {
      ...given.functions,
      removeVersion: async (name, version) => {
        may()
        await given.functions.removeVersion(name, version)
      },
    },
  }
}

const json = (stage: MemoryStage, key: string) =>
  JSON.parse(new TextDecoder().decode(stage.buckets.get(stage.layout.releaseBucket)?.get(key)?.bytes))

/** What is named by the releases that can be gone back to, and is not there. */
function missing(stage: MemoryStage, staying: readonly TinyArtefact[]): readonly string[] {
  const there = (bucket: string, key: string) => stage.buckets.get(bucket)?.has(key) === true
  const { layout } = stage
  const lost = staying.flatMap(({ manifest }) => [
    ...filesOf(manifest)
      .map(({ file }) => artefactFileKey(manifest.digest, file))
      .filter((key) => !there(layout.releaseBucket, key)),
    ...manifest.assets
      .filter(({ zone, key }) => !there(layout.assetBuckets.find((one) => one.zone === zone)?.bucket ?? '', key))
      .map(({ key }) => key),
  ])
  const { current, previous } = json(stage, 'live.json')
  const named = [current, previous].flatMap(({ functions }) =>
    Object.entries<{ readonly version: string }>(functions).map(([role, { version }]) => ({ role, version })),
  )
  const gone = named.filter(({ role, version }) => {
    const functionName = layout.functions.find((one) => one.role === role)?.functionName ?? ''
    return stage.functions.get(functionName)?.versions.has(version) !== true
  })
  return [...lost, ...gone.map(({ role, version }) => `${role} ${version}`)]
}

/** Everything that pruning leaves, as far as it can be told apart. */
const left = (stage: MemoryStage) => ({
  ...reached(stage),
  files: files(stage),
  kept: kept(stage).toSorted(),
  versions: [...stage.functions.values()].map((one) => [...one.versions.keys()]),
  live: json(stage, 'live.json'),
  work: json(stage, 'work.json'),
  lock: json(stage, 'lock.json'),
  dropped: records(stage).map(({ command, outcome, reason }) => `${command} ${outcome} ${reason}`),
})
const records = (stage: MemoryStage) =>
  [...(stage.buckets.get(stage.layout.releaseBucket)?.keys() ?? [])]
    .filter((key) => key.startsWith('records/'))
    .map((key) => json(stage, key))
    .filter(({ command }) => command === 'prune')

/** Prunes copies of `stage`, killed before and after every call in turn. */
async function killedEverywhere(
  stage: MemoryStage,
  look: (killed: MemoryStage, where: string) => Promise<void>,
): Promise<void> {
  const counting = copyOf(stage).process()
  expect(await prune(usual, counting.prunePorts())).toMatchObject({ kind: 'done' })
  for (const [index, call] of counting.calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const copy = copyOf(stage)
      const dying = copy.process({ breaking: { call: index + 1, when } })
      const ended = await prune(usual, dying.prunePorts()).catch((error: unknown) => error)
      if (!(ended instanceof Killed)) expect(ended).toMatchObject({ kind: 'done' })
      await look(copy, `${when} call ${index + 1}, ${call}`)
    }
  }
}

const files = (stage: MemoryStage) => [...(stage.buckets.get(OUTREACH)?.keys() ?? [])].sort()
const kept = (stage: MemoryStage) =>
  [...(stage.buckets.get(stage.layout.releaseBucket)?.keys() ?? [])].filter((key) => key.startsWith('artefacts/'))
const versions = (stage: MemoryStage) => [
  ...(stage.functions.get(stage.layout.functions[0]?.functionName ?? '')?.versions.keys() ?? []),
]

test('what no kept release names goes; what is live, what was before and what is nobody’s stays', async () => {
  const stage = await stageWithFour()
  const before = reached(stage)
  expect(await prune(usual, ports(stage))).toMatchObject({ kind: 'done' })
  expect(reached(stage)).toEqual(before)
  expect(files(stage)).toEqual([
    'outreach-static/_next/static/3.0.0.js',
    'outreach-static/_next/static/4.0.0.js',
    'outreach-static/_next/static/same.js',
    'outreach-static/logo of it.svg',
    'outreach-static/of-somebody-else.js',
  ])
  // The placeholder is no release's.
  expect(versions(stage)).toEqual(['1', '4', '5'])
  expect(kept(stage).some((key) => key.includes(one.manifest.digest))).toBe(false)
  expect(await rollback(back, ports(stage))).toMatchObject({ kind: 'done' })
  expect(await rollback({ ...back, to: two.manifest.release }, ports(stage))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('is no longer there'),
  })
})

test('--dry-run says what would go', async () => {
  const stage = await stageWithFour()
  const before = files(stage)
  const outcome = await prune({ ...usual, dryRun: true }, ports(stage))
  expect(outcome).toMatchObject({ kind: 'done', text: expect.stringContaining(`goes: ${one.manifest.release}`) })
  expect(files(stage)).toEqual(before)
})

test('--dry-run writes nothing, not even a lock, and tells a release that is half-way', async () => {
  const stage = await stageWithFour()
  const before = left(stage)
  const untouched = stage.buckets.get(stage.layout.releaseBucket)?.get('lock.json')?.writtenAtMs
  await prune({ ...usual, dryRun: true }, ports(stage))
  expect(left(stage)).toEqual(before)
  expect(stage.buckets.get(stage.layout.releaseBucket)?.get('lock.json')?.writtenAtMs).toBe(untouched)
  const counting = copyOf(stage).process()
  await deploy(deploying, counting.deployPorts(one))
  const call = counting.calls.findIndex((name) => name.startsWith('functions.moveAlias')) + 1
  const dying = stage.process({ breaking: { call, when: 'after' } })
  await expect(deploy(deploying, dying.deployPorts(one))).rejects.toThrow(Killed)
  expect(await prune({ ...usual, dryRun: true }, ports(stage))).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(
      /A release is half-way in develop: npx zones rollback develop undoes it\. Nothing was/,
    ),
  })
})

test('who may not delete is refused before anything is gone, with the role that may', async () => {
  const stage = await stageWithFour()
  const before = { ...left(stage), lock: '' }
  const outcome = await prune(usual, ports(stage, 0))
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: expect.stringMatching(/role sleepconnect-prune-develop[\s\S]*Nothing was changed\.$/),
  })
  expect({ ...left(stage), lock: '' }).toEqual(before)
})

test('broken off anywhere, the same command goes on to the same end', async () => {
  const whole = await stageWithFour()
  await prune(usual, ports(whole))
  for (let removals = 1; ; removals += 1) {
    const stage = await stageWithFour()
    const outcome = await prune(usual, ports(stage, removals))
    if (outcome.kind === 'done') break
    expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('sleepconnect-prune-develop') })
    expect(await prune(usual, ports(stage))).toMatchObject({ kind: 'done' })
    expect(files(stage)).toEqual(files(whole))
    expect(kept(stage)).toEqual(kept(whole))
    expect(versions(stage)).toEqual(versions(whole))
  }
})

test('killed before or after any call, nothing is gone that a kept release names, and the same command comes to the same end', {
  timeout: 60_000,
}, async () => {
  const stage = await stageWithFour()
  const whole = copyOf(stage)
  await prune(usual, whole.process().prunePorts())
  await killedEverywhere(stage, async (killed, where) => {
    expect(missing(killed, [three, four]), where).toEqual([])
    // Once its record is there it has ended, whether anybody heard of it or not: it is given once more, and finds nothing.
    const hasEnded = records(killed).length > 0
    expect(await prune(usual, killed.process({ person: 'joe' }).prunePorts()), where).toMatchObject({ kind: 'done' })
    const { dropped, ...rest } = left(killed)
    const { dropped: owed, ...same } = left(whole)
    expect(rest, where).toEqual(same)
    expect(dropped.toSorted(), where).toEqual([...owed, ...(hasEnded ? ['prune done '] : [])].toSorted())
    expect(missing(killed, [three, four]), where).toEqual([])
  })
})

test('killed before or after any call, a rollback and a deploy after it do what they would have done', {
  timeout: 60_000,
}, async () => {
  const stage = await stageWithFour()
  const gone = copyOf(stage)
  await rollback(back, gone.process().deployPorts(one))
  const again = copyOf(gone)
  await deploy(deploying, again.process().deployPorts(one))
  await killedEverywhere(stage, async (killed, where) => {
    expect(await rollback(back, killed.process().deployPorts(one)), where).toMatchObject({ kind: 'done' })
    expect(reached(killed), where).toEqual(reached(gone))
    // The one that was half gone, brought once more, is there as a whole.
    expect(await deploy(deploying, killed.process().deployPorts(one)), where).toMatchObject({ kind: 'done' })
    expect(reached(killed), where).toEqual(reached(again))
    expect(missing(killed, [one, three]), where).toEqual([])
  })
})

test('versions of a release that never went live go with it', async () => {
  const stage = await stageWithFour()
  const failing = tinyArtefact({ version: '5.0.0', flaws: { 'outreach-server': 'fails' } })
  expect(await deploy(deploying, stage.process().deployPorts(failing))).toMatchObject({ kind: 'stopped' })
  const unseen = tinyArtefact({ version: '6.0.0', flaws: { 'sleep-connect-server': 'says another release' } })
  expect(await deploy(deploying, stage.process().deployPorts(unseen))).toMatchObject({ kind: 'stopped' })
  expect(versions(stage)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  expect(await prune(usual, ports(stage))).toMatchObject({ kind: 'done' })
  expect(versions(stage)).toEqual(['1', '4', '5'])
  expect(missing(stage, [three, four])).toEqual([])
})

test.each<[left: string, call: string]>([
  ['is moving aliases', 'functions.moveAlias'],
  ['has moved some of them', 'stage.probe'],
])('a deploy that died while it %s is undone or ended first', async (_what, call) => {
  const stage = await stageWithFour()
  const five = tinyArtefact({ version: '5.0.0' })
  const counting = copyOf(stage).process()
  await deploy(deploying, counting.deployPorts(five))
  const at = counting.calls.findIndex((one) => one.startsWith(call)) + 1
  await deploy(deploying, stage.process({ breaking: { call: at, when: 'after' } }).deployPorts(five)).catch(
    () => undefined,
  )
  const before = left(stage)
  expect(await prune(usual, ports(stage))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('A release is half-way in develop: npx zones rollback develop undoes it.'),
  })
  expect({ ...left(stage), lock: '' }).toEqual({ ...before, lock: '' })
})

test('what a deploy had brought that died before people saw it goes, and the same deploy brings it again', {
  timeout: 60_000,
}, async () => {
  const stage = await stageWithFour()
  const five = tinyArtefact({ version: '5.0.0' })
  const wanted = copyOf(stage)
  const counting = wanted.process()
  await deploy(deploying, counting.deployPorts(five))
  const seen = counting.calls.findIndex((call) => call.startsWith('functions.moveAlias'))
  const switching = counting.calls.findLastIndex(
    (call, index) => index < seen && call.startsWith('releases.write work'),
  )
  expect(switching).toBeGreaterThan(50)
  for (let call = 1; call <= switching; call += 1) {
    const copy = copyOf(stage)
    const dying = copy.process({ breaking: { call, when: 'after' } })
    await expect(deploy(deploying, dying.deployPorts(five))).rejects.toThrow(Killed)
    const where = `after call ${call}, ${dying.calls.at(-1)}`
    expect(await prune(usual, copy.process().prunePorts()), where).toMatchObject({ kind: 'done' })
    expect(missing(copy, [three, four]), where).toEqual([])
    expect(await deploy(deploying, copy.process().deployPorts(five)), where).toMatchObject({ kind: 'done' })
    expect(reached(copy), where).toEqual(reached(wanted))
    expect(missing(copy, [four, five]), where).toEqual([])
  }
})

describe('D15: the lock of a stage', () => {
  test('while it is pruned nobody deploys, and the other way round', async () => {
    for (const isFirst of [true, false]) {
      const stage = await stageWithFour()
      const pruning = () => prune(usual, stage.process({ person: 'jane' }).prunePorts())
      const begun = isFirst ? [pruning()] : []
      const releasing = deploy(deploying, stage.process({ person: 'joe' }).deployPorts(two))
      const outcomes = await Promise.all([...begun, releasing, ...(isFirst ? [] : [pruning()])])
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused'])
      expect(outcomes.find(({ kind }) => kind === 'refused')).toMatchObject({
        reason: expect.stringMatching(/^(jane|joe) (holds the lock|has just ended a)/),
      })
    }
  })

  test('of one who died while it was pruned is taken over after its time, and not before', async () => {
    const stage = await stageWithFour()
    const process = stage.process({ person: 'jane', breaking: { call: 40, when: 'after' } })
    await expect(prune(usual, process.prunePorts())).rejects.toThrow(Killed)
    const { writtenAtMs = 0 } = stage.buckets.get(stage.layout.releaseBucket)?.get('lock.json') ?? {}
    expect(json(stage, 'lock.json')).toMatchObject({ state: 'held', person: 'jane', command: 'prune' })
    expect(await prune(usual, stage.process({ person: 'joe' }).prunePorts())).toMatchObject({ kind: 'done' })
    const [{ steps }] = records(stage)
    expect(steps[0]).toMatchObject({ name: 'lock', detail: 'ours; jane left it and its time was up' })
    expect(Date.parse(steps[0].endedAt) - writtenAtMs).toBeGreaterThanOrEqual(60_000)
  })
})

test.each<[why: string, more: Partial<PruneArguments>, sentence: string]>([
  ['nothing is kept', { keep: 0 }, '--keep is a whole number from 1 on.'],
  ['nothing was ever live', {}, 'No release is live'],
])('it is refused where %s', async (_why, more, sentence) => {
  expect(await prune({ ...usual, ...more }, ports(memoryStage()))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(sentence),
  })
})

test('as JSON a plan says what would go, and a run what went and how', async () => {
  const stage = await stageWithFour()
  const shown = await prune({ ...usual, dryRun: true, json: true }, ports(stage))
  const planned = JSON.parse('text' in shown ? shown.text : '')
  expect(planned).toMatchObject({
    stage: 'develop',
    plan: { kept: expect.arrayContaining([four.manifest.release, three.manifest.release]) },
  })
  expect(planned.plan.artefacts.map(({ digest }: { digest: string }) => digest).toSorted()).toEqual(
    [one, two].map(({ manifest }) => manifest.digest).toSorted(),
  )
  expect(planned).not.toHaveProperty('steps')
  const done = await prune({ ...usual, json: true }, ports(stage))
  expect(done.kind).toBe('done')
  const told = JSON.parse('text' in done ? done.text : '')
  expect(told).toMatchObject({ stage: 'develop', plan: planned.plan })
  expect(told.steps.map(({ name, ended }: { name: string; ended: string }) => `${name} ${ended}`)).toEqual([
    'lock well',
    'prune well',
  ])
})

test('as JSON a run that stopped says what it had planned and how far it came', async () => {
  const stage = await stageWithFour()
  const stopped = await prune({ ...usual, json: true }, ports(stage, 1))
  expect(stopped).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('The same command goes on.') })
  const told = JSON.parse('text' in stopped ? stopped.text : '')
  expect(told.plan.artefacts).toHaveLength(2)
  expect(told.steps.at(-1)).toMatchObject({ name: 'prune', ended: 'failed' })
})
