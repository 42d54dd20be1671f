import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type DeployArguments, deploy } from '../commands/deploy.ts'
import { releases } from '../commands/releases.ts'
import { rollback } from '../commands/rollback.ts'
import type { GateResult } from './gates.ts'
import { planRelease } from './plan-release.ts'
import { recordSchema } from './record.ts'
import { lookAtStage } from './release-facts.ts'
import { releaseZones } from './stage-layout.ts'
import { type MemoryStage, memoryStage, reached } from './test/memory-stage.ts'
import { type TinyArtefact, tinyArtefact } from './test/tiny-artefact.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual: DeployArguments = {
  ...{ stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 },
}
const shifting = { ...usual, shift: '10%/30s' }
const ERRORS = 'sleepconnect-develop-OutreachApiErrors'

async function stageWith(...artefacts: readonly TinyArtefact[]): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(usual, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  return stage
}

function backendOf({ layout, functions }: MemoryStage) {
  const name = layout.functions.find(({ role }) => role === 'outreach-api')?.functionName ?? ''
  const found = functions.get(name)
  if (found === undefined) throw new RangeError('a stage without a backend')
  return found
}

const shaOf = (text: string) => createHash('sha256').update(text).digest('hex')

function isShared(stage: MemoryStage): boolean {
  return backendOf(stage).alias.shared !== undefined
}

function records(stage: MemoryStage) {
  const objects = [...(stage.buckets.get(stage.layout.releaseBucket) ?? [])]
  return objects
    .filter(([key]) => key.startsWith('records/'))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, { bytes }]) => recordSchema.parse(JSON.parse(new TextDecoder().decode(bytes))))
}

test('the new backend gets its share for the time, then all of it; pages move afterwards, and it is written down', async () => {
  const stage = await stageWith(one)
  const shares: unknown[] = []
  let pagesMeanwhile: string | undefined
  stage.alarms = () => {
    const { shared } = backendOf(stage).alias
    if (shared !== undefined) {
      shares.push(shared)
      pagesMeanwhile = reached(stage).code['outreach-server']
    }
    return 'OK'
  }
  const beganMs = stage.clockMs
  expect(await deploy(shifting, stage.process().deployPorts(two))).toMatchObject({ kind: 'done' })
  expect(stage.clockMs - beganMs).toBeGreaterThanOrEqual(30_000)
  // Five alarms a look, a look each second and one at the end.
  expect(shares.length).toBeGreaterThanOrEqual(5 * 28)
  expect(shares[0]).toEqual({ other: '3', weight: 0.1 })
  expect(JSON.parse(pagesMeanwhile ?? '')).toMatchObject({ release: one.manifest.release })
  const wanted = await stageWith(one, two)
  expect(reached(stage)).toEqual(reached(wanted))
  const { shift, steps } = records(stage).at(-1) ?? {}
  expect(shift).toMatchObject({ percent: 10, seconds: 30, version: '3', ended: 'passed' })
  expect(Date.parse(shift?.endedAt ?? '') - Date.parse(shift?.startedAt ?? '')).toBeGreaterThanOrEqual(30_000)
  expect(shift?.alarms).toContainEqual({ name: ERRORS, state: 'OK' })
  const names = steps?.map(({ name }) => name) ?? []
  expect(names.slice(names.indexOf('shift'))).toEqual(['shift', 'flip', 'probes', 'invalidate'])
})

test('files without a hash stay as the old pages know them while calls are shared', async () => {
  const stage = await stageWith(one)
  const logos = new Set<string>()
  stage.alarms = () => {
    if (isShared(stage)) logos.add(reached(stage).logo)
    return 'OK'
  }
  expect(await deploy(shifting, stage.process().deployPorts(two))).toMatchObject({ kind: 'done' })
  expect([...logos]).toEqual(['logo 1.0.0'])
  expect(reached(stage).logo).toBe('logo 2.0.0')
})

test('where the backend is to forget what is spoken now, pages move first, and then its calls are shared', async () => {
  const speaking = (version: number, accepts: readonly number[]) => ({
    'outreach-api-routes': { accepts: {}, speaks: { api: { version, to: ['outreach-api'] } } },
    'outreach-api': { accepts: { api: [...accepts] }, speaks: {} },
  })
  const stage = await stageWith(tinyArtefact({ version: '1.0.0', contracts: speaking(1, [1, 2]) }))
  const forgetful = tinyArtefact({ version: '2.0.0', contracts: speaking(2, [2]) })
  expect(await deploy(shifting, stage.process().deployPorts(forgetful))).toMatchObject({ kind: 'done' })
  const names = records(stage)
    .at(-1)
    ?.steps.map(({ name }) => name)
  expect(names?.slice(names.indexOf('flip'), -2)).toEqual(['flip', 'shift', 'flip'])
})

test('the line of a step says the seconds and how alarms stand', async () => {
  const stage = await stageWith(one)
  stage.alarms = (name) => (name === ERRORS ? 'INSUFFICIENT_DATA' : 'OK')
  const { ports, deployPorts } = stage.process()
  const said: string[] = []
  const progress = {
    step: (title: string) => ({
      now: (text: string) => void (title.includes('calls') && said.push(`${title}: ${text}`)),
      done: async () => undefined,
      failed: async () => undefined,
    }),
  }
  await deploy(shifting, { ...deployPorts(two), release: () => ({ ...ports, progress }) })
  expect(said[0]).toBe("Giving 10 % of the backend's calls to version 3: 0 of 30 s; alarms: 4 OK, 1 INSUFFICIENT_DATA")
  expect(said.at(-1)).toContain('30 of 30 s')
})

test.each<[what: string, then: NonNullable<MemoryStage['alarms']>, reason: string]>([
  [
    'an alarm goes off',
    (name) => (name === ERRORS ? 'ALARM' : 'OK'),
    `The alarm ${ERRORS} went off while the new version had 10 % of the calls.`,
  ],
  [
    'an alarm is gone',
    (name) => (name === ERRORS ? 'is not there' : 'OK'),
    `The alarm ${ERRORS} is not there while the new version had 10 % of the calls.`,
  ],
])('while calls are shared %s: everything is put back, and seen', async (_what, then, reason) => {
  const stage = await stageWith(one)
  const before = reached(stage)
  stage.alarms = (name) => (isShared(stage) ? then(name) : 'OK')
  const outcome = await deploy(shifting, stage.process().deployPorts(two))
  expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining(reason) })
  expect(outcome).toMatchObject({ reason: expect.stringContaining('Everything was put back, and people reach') })
  expect(reached(stage)).toEqual(before)
  const record = records(stage).at(-1)
  expect(record).toMatchObject({ outcome: 'undone', shift: { percent: 10, version: '3', ended: 'broken off' } })
  expect(record?.probes.some(({ outcome: seen }) => seen === 'kept')).toBe(true)
})

test('credentials that may not read alarms in the middle of it put everything back', async () => {
  const stage = await stageWith(one)
  const before = reached(stage)
  stage.alarms = () => {
    if (isShared(stage)) stage.alarms = undefined
    return 'OK'
  }
  expect(await deploy(shifting, stage.process().deployPorts(two))).toMatchObject({
    kind: 'stopped',
    reason: expect.stringContaining('may not do cloudwatch:DescribeAlarms'),
  })
  expect(reached(stage)).toEqual(before)
})

test('an alarm that goes off after the preflight stops it before anything is shared', async () => {
  const stage = await stageWith(one)
  const before = reached(stage)
  let looks = 0
  stage.alarms = () => {
    looks += 1
    return looks > 5 ? 'ALARM' : 'OK'
  }
  const process = stage.process()
  expect(await deploy(shifting, process.deployPorts(two))).toMatchObject({
    kind: 'stopped',
    reason: expect.stringContaining('before anything was shifted'),
  })
  expect(process.calls.some((call) => call.startsWith('functions.shareAlias'))).toBe(false)
  expect(reached(stage)).toEqual(before)
})

test('Ctrl-C while calls are shared puts everything back', async () => {
  const stage = await stageWith(one)
  const before = reached(stage)
  const process = stage.process()
  stage.alarms = () => {
    if (isShared(stage)) process.interrupted = true
    return 'OK'
  }
  expect(await deploy(shifting, process.deployPorts(two))).toMatchObject({
    kind: 'stopped',
    reason: expect.stringContaining('Interrupted.'),
  })
  const step = records(stage)
    .at(-1)
    ?.steps.find(({ name }) => name === 'shift')
  expect(Date.parse(step?.endedAt ?? '') - Date.parse(step?.startedAt ?? '')).toBeLessThan(5000)
  expect(reached(stage)).toEqual(before)
})

const contractsWith = (accepted: number) => ({
  'outreach-api-routes': { accepts: {}, speaks: { api: { version: 1, to: ['outreach-api'] } } },
  'outreach-api': { accepts: { api: [accepted] }, speaks: {} },
})
const gatesOf = (digest: string): GateResult[] =>
  ['check', 'test', 'infra-check', 'rehearsal'].map((gate) => ({
    ...{ format: 1, gate, digest, release: 'x', commit: 'x', command: ['x'], exitCode: 0 },
    ...{ startedAt: 'x', endedAt: 'x', who: 'ci' },
  }))
const took = [
  { name: '0001_first.sql', kind: 'expand' },
  { name: '0002_less.sql', kind: 'contract' },
] as const

test.each<[what: string, set: (stage: MemoryStage) => void, next: TinyArtefact, sentence: string]>([
  [
    'an alarm is going off already',
    (stage) => {
      stage.alarms = (name) => (name === ERRORS ? 'ALARM' : 'OK')
    },
    two,
    `The backend is not well before anything is shifted: 1 ALARM (${ERRORS}).\n    Next: See why (npx zones doctor develop) and wait until it is over, or leave --shift out.`,
  ],
  [
    'an alarm is not there',
    (stage) => {
      stage.alarms = (name) => (name === ERRORS ? 'is not there' : 'OK')
    },
    two,
    `There is no alarm ${ERRORS}, which would have to be watched.\n    Next: npx zones infra apply develop`,
  ],
  [
    'alarms cannot be read',
    (stage) => {
      stage.alarms = undefined
    },
    two,
    'Nobody could watch the shift: These credentials may not do cloudwatch:DescribeAlarms.\n    Next: npx zones infra apply develop',
  ],
  [
    'the database has lost what the old backend uses',
    ({ database }) => {
      database.applied.push({ name: '0002_less.sql', sha256: shaOf('0002_less.sql') })
    },
    tinyArtefact({ version: '2.0.0', migrations: took }),
    'The old and the new backend cannot share the database: 0002_less.sql took away what 1.0.0',
  ],
])(
  'a shift is refused before anything is changed where %s; without one it goes live',
  async (_what, set, next, sentence) => {
    const stage = await stageWith(one)
    set(stage)
    const before = reached(stage)
    const process = stage.process()
    const outcome = await deploy(shifting, process.deployPorts(next))
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
    expect(outcome).toMatchObject({ reason: expect.stringContaining('Nothing was changed.') })
    expect(process.calls.filter((call) => /upload|publish|moveAlias|shareAlias|assets\.put/.test(call))).toEqual([])
    expect(reached(stage)).toEqual(before)
    expect(await deploy(usual, stage.process().deployPorts(next))).toMatchObject({ kind: 'done' })
  },
)

test('where those who ask now are not understood by both backends, calls are not shared', async () => {
  const stage = await stageWith(one)
  const { layout } = stage
  const asked = { percent: 10, seconds: 30 }
  const next = tinyArtefact({ version: '2.0.0', contracts: contractsWith(1) })
  const facts = await lookAtStage(
    stage.process().ports,
    layout,
    next.manifest,
    releaseZones,
    [],
    gatesOf(next.manifest.digest),
    asked,
  )
  expect(planRelease(facts).refusals).toEqual([])
  // A live set that was not made by releases: nobody understands its API routes.
  const stray = tinyArtefact({ version: '1.0.0', contracts: contractsWith(2) }).manifest
  const manifests = new Map([[one.manifest.digest, { ...one.manifest, functions: stray.functions }]])
  const side = { why: expect.stringMatching(/^The old and the new backend cannot answer side by side: outreach-api-r/) }
  expect(planRelease({ ...facts, manifests }).refusals).toMatchObject([side])
  expect(planRelease({ ...facts, manifests, shift: undefined }).refusals).toEqual([])
})

test('there is nothing to share before the first release', async () => {
  expect(await deploy(shifting, memoryStage().process().deployPorts(one))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('No release of the backend is live'),
  })
})

test.each([
  [{ shift: '0%/30s' }, 'the share is from 1 % to 99 %'],
  [{ shift: 'much' }, 'write it as <percent>%/<seconds>s'],
  [{ shift: '10%/30s', zone: 'outreach' }, '--shift is about the backend, which --zone outreach leaves alone.'],
])('%j is refused before anybody is asked anything', async (given, sentence) => {
  const stage = await stageWith(one)
  const process = stage.process()
  const outcome = await deploy({ ...usual, ...given }, process.deployPorts(two))
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(sentence) })
  expect(process.calls).toEqual([])
})

test('a dry run says what would be shared, what is watched, and which alarm is too slow for it', async () => {
  const stage = await stageWith(one)
  const process = stage.process()
  const outcome = await deploy({ ...shifting, dryRun: true }, process.deployPorts(two))
  const text = outcome.kind === 'done' ? outcome.text : ''
  expect(text).toContain('outreach-api, whose new version gets 10 % of the calls for 30 s first\n')
  expect(text).toContain('Alarms that are watched meanwhile; one that goes off puts everything back\n')
  expect(text).toMatch(/sleepconnect-develop-HttpApiServerErrors +OK\n/)
  expect(text).toContain(
    'Within 30 s these alarms cannot go off: sleepconnect-develop-OutreachApiErrors (before 60 s), sleepc',
  )
  expect(process.calls.some((call) => call.startsWith('functions.shareAlias'))).toBe(false)
})

test('the same code again shifts nothing, and the plan says so', async () => {
  const stage = await stageWith(one)
  const outcome = await deploy({ ...shifting, dryRun: true }, stage.process().deployPorts(one))
  const text = outcome.kind === 'done' ? outcome.text : ''
  expect(text).toContain('The code of the backend does not change: without a new version nothing is shifted.')
  expect(text).not.toContain('Alarms that are watched')
})

test('a share that somebody gave by hand stops a release, and the command it names takes it back', async () => {
  const stage = await stageWith(one, two)
  const backend = backendOf(stage)
  backend.alias = { ...backend.alias, shared: { other: '2', weight: 0.5 } }
  const outcome = await deploy(usual, stage.process().deployPorts(one))
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(
      `The alias of outreach-api gives version 2 a share of its calls: by hand, or a shift was broken off.\n    Next: npx zones rollback develop --to ${two.manifest.release}`,
    ),
  })
  const back = { stage: 'develop', to: two.manifest.release, zone: undefined, json: false, lockTtlSec: 60 }
  expect(await rollback(back, stage.process().deployPorts(one))).toMatchObject({ kind: 'done' })
  expect(reached(stage)).toEqual(reached(await stageWith(one, two)))
})

test('while calls are shared, what was released is told with the share', async () => {
  const stage = await stageWith(one)
  let told = ''
  const looking = stage.process().deployPorts(one)
  const { ports, deployPorts } = stage.process()
  const alarms: typeof ports.alarms = async (names) => {
    if (isShared(stage) && told === '') {
      const outcome = await releases({ stage: 'develop', json: false }, looking)
      told = outcome.kind === 'done' ? outcome.text : ''
    }
    return ports.alarms(names)
  }
  await deploy(shifting, { ...deployPorts(two), release: () => ({ ...ports, alarms }) })
  expect(told).toContain(`Live in develop: ${one.manifest.release}`)
  expect(told).toContain("10 % of the backend's calls go to version 3 for 30 s")
})
