import { describe, expect, test } from 'vitest'
import type { ChangeOutcome } from '../outcome.ts'
import type { StageProbe } from '../release/ports.ts'
import { type MemoryStage, memoryStage, reached } from '../release/test/memory-stage.ts'
import { owedProbes } from '../release/test/owed-probes.ts'
import { type TinyArtefact, tinyArtefact } from '../release/test/tiny-artefact.ts'
import { type DeployArguments, deploy } from './deploy.ts'
import { rollback } from './rollback.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual: DeployArguments = {
  stage: 'develop',
  zone: undefined,
  dryRun: false,
  json: false,
  overrides: [],
  lockTtlSec: 60,
}

function deployed(
  stage: MemoryStage,
  artefact: TinyArtefact,
  more: Partial<DeployArguments> = {},
): Promise<ChangeOutcome> {
  return deploy({ ...usual, ...more }, stage.process().deployPorts(artefact))
}

const json = (stage: MemoryStage, key: string) =>
  JSON.parse(
    new TextDecoder().decode(stage.buckets.get(stage.layout.releaseBucket)?.get(key)?.bytes ?? new Uint8Array()),
  )

test('a release becomes what people reach, and is written down', async () => {
  const stage = memoryStage()
  const outcome = await deployed(stage, one)
  expect(outcome).toMatchObject({ kind: 'done' })
  expect(reached(stage).logo).toBe('logo 1.0.0')
  expect(json(stage, 'live.json')).toMatchObject({ current: { functions: { 'outreach-api': { version: '2' } } } })
  expect(json(stage, 'work.json')).toEqual({ format: 1, state: 'none' })
  expect(json(stage, 'lock.json')).toEqual({ format: 1, state: 'free' })
  const record = json(stage, json(stage, 'live.json').record)
  expect(record).toMatchObject({ outcome: 'done', who: 'jane', digest: one.manifest.digest })
  const tried = record.steps.find((step: { name: string }) => step.name === 'dark checks')
  expect(tried.detail).toMatch(
    /^30 hold, 2 files that pages name are there; answers: .*outreach-api 0\.0 s, then 0\.0 s/,
  )
  expect(record.steps.map((step: { name: string }) => step.name)).toEqual([
    ...['lock', 'preflight', 'assets', 'migrations', 'upload', 'settle', 'publish', 'dark checks', 'flip', 'probes'],
    'invalidate',
  ])
})

test('what --dry-run prints is what is then done', async () => {
  const stage = memoryStage()
  await deployed(stage, one)
  const shown = await deployed(stage, two, { dryRun: true, json: true })
  const before = reached(stage)
  expect(shown.kind).toBe('done')
  expect(reached(stage)).toEqual(before)
  await deployed(stage, two)
  expect(json(stage, json(stage, 'live.json').record).plan).toEqual(JSON.parse('text' in shown ? shown.text : ''))
})

test('what was gone back to and is deployed again is what people reach, and what is written down', async () => {
  const stage = memoryStage()
  await deployed(stage, one)
  await deployed(stage, two)
  const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
  expect(await rollback(back, stage.process().deployPorts(one))).toMatchObject({ kind: 'done' })
  expect(await deployed(stage, one)).toMatchObject({ kind: 'done' })
  const written: Record<string, { version: string }> = json(stage, 'live.json').current.functions
  for (const { role, functionName } of stage.layout.functions) {
    if (written[role] === undefined) continue
    expect(stage.functions.get(functionName)?.alias.version, role).toBe(written[role].version)
  }
  expect(await deployed(stage, one, { dryRun: true })).toMatchObject({ kind: 'done' })
})

test('D16: edges of every distribution forget what changed under its name, and nothing else', async () => {
  const stage = memoryStage()
  await deployed(stage, one)
  stage.invalidated.length = 0
  await deployed(stage, two)
  const paths = ['/outreach-static/logo%20of%20it.svg']
  expect(stage.invalidated).toEqual([
    { distribution: 'E-dev.mydreamconnect.com', paths },
    { distribution: 'E-outreach-dev.mydreamconnect.com', paths },
  ])
  await deployed(stage, tinyArtefact({ version: '3.0.0', logo: '2.0.0' }))
  expect(stage.invalidated).toHaveLength(2)
})

test('a zone can be released by itself, once the whole was', async () => {
  const stage = memoryStage()
  expect(await deployed(stage, one, { zone: 'outreach' })).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('The first release of develop is of all zones.'),
  })
  await deployed(stage, one)
  expect(await deployed(stage, two, { zone: 'outreach' })).toMatchObject({ kind: 'done' })
  const { functions } = json(stage, 'live.json').current
  expect(functions['outreach-server'].release).toBe(two.manifest.release)
  expect(functions['outreach-api'].release).toBe(one.manifest.release)
})

describe('when something is wrong', () => {
  test.each([
    ['fails', 'outreach-server', 'outreach-server fails (TypeError)'],
    ['refuses the token', 'outreach-api', 'outreach-api answers 401 in place of 200'],
    ['lets anybody in', 'outreach-api-routes', 'outreach-api-routes answers 200 in place of 401'],
    ['says another release', 'sleep-connect-server', 'sleep-connect-server says that it is another release'],
    ['has too little memory', 'outreach-server', 'outreach-server is killed for want of memory (it has 128 MB)'],
    ['is slow', 'outreach-api', 'outreach-api answers a later request after 4.0 s; 3 s are allowed'],
    [
      'names a file that is not there',
      'outreach-server',
      'outreach-server names /outreach-static/_next/static/gone.js, which is in no bucket',
    ],
    [
      'names a file that is not there',
      'sleep-connect-server',
      'sleep-connect-server names /_next/static/gone.js, which is in no bucket',
    ],
  ] as const)('a new version that %s is never reached: %s', async (flaw, role, sentence) => {
    const stage = memoryStage()
    await deployed(stage, one)
    const before = reached(stage)
    const outcome = await deployed(stage, tinyArtefact({ version: '2.0.0', flaws: { [role]: flaw } }))
    expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringContaining('no alias was moved') })
    expect(reached(stage)).toEqual(before)
    expect(json(stage, 'lock.json').state).toBe('free')
  })

  test('what is seen to be broken is put back by itself, and that is seen too', async () => {
    const stage = memoryStage()
    await deployed(stage, one)
    const before = reached(stage)
    const live = json(stage, 'live.json')
    const looks: string[] = []
    stage.probes = (expected) => {
      const release = expected['outreach-server'] ?? ''
      looks.push(release)
      const isGood = release === one.manifest.release
      return owedProbes('kept', { 'api.templates.executed.host': isGood ? 'kept' : 'broken' })
    }
    const outcome = await deployed(stage, two)
    expect(outcome.kind).toBe('stopped')
    expect(outcome).toMatchObject({
      reason: expect.stringMatching(
        /What api\.templates\.executed\.host is about[\s\S]*Everything was put back, and people reach what/,
      ),
    })
    expect(looks).toEqual([two.manifest.release, one.manifest.release])
    expect(reached(stage)).toEqual(before)
    expect(json(stage, 'live.json')).toEqual(live)
    expect(stage.invalidated.at(-1)?.paths).toEqual(['/outreach-static/logo%20of%20it.svg'])
  })

  test.each<[what: string, probes: readonly StageProbe[], sentence: string]>([
    [
      'release.expected unseen',
      owedProbes('kept', { 'release.expected': 'unseen' }),
      'release.expected could not be seen',
    ],
    ['no look at the API', owedProbes('kept').slice(0, 2), 'api.templates was not looked at'],
    ['no look at all', [], 'release.expected was not looked at'],
  ])('D11: %s is no proof that it is live, and is put back', async (_what, probes, sentence) => {
    const stage = memoryStage()
    await deployed(stage, one)
    const before = reached(stage)
    stage.probes = (expected) => (expected['outreach-server'] === two.manifest.release ? probes : owedProbes('kept'))
    expect(await deployed(stage, two)).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(sentence) })
    expect(reached(stage)).toEqual(before)
  })

  test('what a release can do without may stay unseen, and is told', async () => {
    const stage = memoryStage()
    stage.probes = () => owedProbes('kept', { 'origins.bucket.outreach': 'unseen' })
    expect(await deployed(stage, one)).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('3 of 4 hold; not seen: origins.bucket.outreach'),
    })
  })

  test('D11: where nothing was live before, putting back claims nothing that was not seen', async () => {
    const stage = memoryStage()
    stage.probes = () => owedProbes('broken')
    const outcome = await deployed(stage, one)
    expect(outcome).toMatchObject({
      kind: 'stopped',
      text: expect.stringContaining('nothing was live before, so nobody can be asked'),
      reason: expect.stringContaining('Nothing was live before, so there is no release that could be looked at.'),
    })
    expect(JSON.stringify(outcome)).not.toContain('people reach what they reached before')
  })

  test.each<[what: string, spoil: (stage: MemoryStage) => void, sentence: string]>([
    [
      'a stack half-way',
      (stage) => stage.stacks.set('sleepconnect-develop', 'UPDATE_FAILED'),
      'The stack sleepconnect-develop is UPDATE_FAILED.',
    ],
    [
      'no function',
      (stage) => Object.assign(functionOf(stage, 'outreach-api'), { runtime: 'nodejs22.x' }),
      'runs nodejs22.x, and the release is built for nodejs24.x',
    ],
    [
      'a URL in another mode',
      (stage) =>
        Object.assign(functionOf(stage, 'outreach-server'), { url: { invokeMode: 'BUFFERED', authType: 'AWS_IAM' } }),
      'a URL in mode BUFFERED, and the release needs RESPONSE_STREAM',
    ],
    [
      'a URL for anybody',
      (stage) =>
        Object.assign(functionOf(stage, 'outreach-server'), {
          url: { invokeMode: 'RESPONSE_STREAM', authType: 'NONE' },
        }),
      'a URL that anybody may call',
    ],
    [
      'a migration that was edited',
      (stage) => stage.database.applied.splice(0, 1, { name: '0001_first.sql', sha256: 'e'.repeat(64) }),
      '0001_first.sql was applied with another content',
    ],
    [
      'an alias moved by hand',
      (stage) => Object.assign(functionOf(stage, 'outreach-api'), { alias: { version: '1', revision: 9 } }),
      'Somebody moved the alias of outreach-api to version 1',
    ],
  ])('%s refuses it before any change', async (_what, spoil, sentence) => {
    const stage = memoryStage()
    await deployed(stage, one)
    spoil(stage)
    const before = reached(stage)
    const outcome = await deployed(stage, two)
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringContaining('Nothing was changed.') })
    expect(reached(stage)).toEqual(before)
  })

  test('a gate that is missing refuses it; one that is left out for a reason is written down', async () => {
    const stage = memoryStage()
    const ports = { ...stage.process().deployPorts(one), gateResults: async () => [] }
    const outcome = await deploy(usual, ports)
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(`passes the gate rehearsal`) })
    const overrides = ['check', 'test', 'infra-check', 'rehearsal'].map((gate) => ({
      gate,
      because: 'the build machine is down',
    }))
    expect(await deploy({ ...usual, overrides }, ports)).toMatchObject({ kind: 'done' })
    expect(json(stage, json(stage, 'live.json').record).overrides).toEqual(overrides)
  })

  test('a person who has had enough stops it before people see anything', async () => {
    const stage = memoryStage()
    await deployed(stage, one)
    const process = stage.process()
    process.interrupted = true
    expect(await deploy(usual, process.deployPorts(two))).toMatchObject({
      kind: 'stopped',
      reason: expect.stringContaining('Interrupted.'),
    })
  })

  test('and puts it back while it is looked at for the last time', async () => {
    const stage = memoryStage()
    await deployed(stage, one)
    const before = reached(stage)
    const process = stage.process()
    const expected: unknown[] = []
    stage.probes = (releases) => {
      expected.push(new Set(Object.values(releases)))
      process.interrupted = true
      return owedProbes('kept')
    }
    expect(await deploy(usual, process.deployPorts(two))).toMatchObject({
      kind: 'stopped',
      reason: expect.stringMatching(
        /^Interrupted\.\nEverything was put back, and people reach what they reached before\./,
      ),
    })
    expect(expected).toEqual([new Set([two.manifest.release]), new Set([one.manifest.release])])
    expect(reached(stage)).toEqual(before)
  })
})

function functionOf(stage: MemoryStage, role: string) {
  const name = stage.layout.functions.find((one) => one.role === role)?.functionName ?? ''
  const found = stage.functions.get(name)
  if (found === undefined) throw new Error(`no ${role}`)
  return found
}
