import { expect, test } from 'vitest'
import { type DeployArguments, type DeployPorts, deploy } from '../commands/deploy.ts'
import { rollback } from '../commands/rollback.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { type MemoryStage, memoryStage, type Process, reached } from './test/memory-stage.ts'
import { owedProbes } from './test/owed-probes.ts'
import { type TinyArtefact, tinyArtefact } from './test/tiny-artefact.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual: DeployArguments = {
  ...{ stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 },
}

async function stageWith(...artefacts: readonly TinyArtefact[]): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(usual, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  return stage
}

/** Deploys `artefact`, expects that it does not go live for that reason, and that people notice nothing. */
async function stopped(
  stage: MemoryStage,
  artefact: TinyArtefact,
  sentence: string,
  more: Partial<DeployPorts> = {},
  given: Partial<DeployArguments> = {},
): Promise<ChangeOutcome> {
  const before = reached(stage)
  const outcome = await deploy({ ...usual, ...given }, { ...stage.process().deployPorts(artefact), ...more })
  expect(outcome).toMatchObject({ reason: expect.stringContaining(sentence) })
  expect(reached(stage)).toEqual(before)
  return outcome
}

function functionOf(stage: MemoryStage, role: string) {
  const name = stage.layout.functions.find((fn) => fn.role === role)?.functionName ?? ''
  const found = stage.functions.get(name)
  if (found === undefined) throw new RangeError(`no function ${role}`)
  return found
}

test('D1: a release brings settings as infrastructure has them, loses none, keeps none that is gone, and says so', async () => {
  const stage = await stageWith(one)
  const fn = functionOf(stage, 'outreach-api')
  const settings = { LOG_LEVEL: 'info', DATABASE_HOST: 'new.example' }
  fn.latest = { ...fn.latest, variables: { STAGE: 'develop', LOG_LEVEL: 'debug', TWILIO_SECRET_ID: 'x' } }
  await deploy(usual, stage.process().deployPorts(one))
  fn.latest = { ...fn.latest, variables: settings }
  const plan = await deploy({ ...usual, dryRun: true }, stage.process().deployPorts(two))
  expect(plan).toMatchObject({ kind: 'done' })
  const text = 'text' in plan ? plan.text : ''
  expect(text).toMatch(/\+ DATABASE_HOST +new\.example\n/)
  expect(text).toMatch(/~ LOG_LEVEL +debug -> info\n/)
  expect(text).toMatch(/- STAGE +develop\n/)
  expect(await deploy(usual, stage.process().deployPorts(two))).toMatchObject({ kind: 'done' })
  expect(fn.versions.get(fn.alias.version)?.variables).toEqual(settings)
  expect(fn.latest.variables).toEqual(settings)
})

test('D5: a gate that fails stops a release, and cannot be left out without a reason that is written down', async () => {
  const stage = await stageWith(one)
  const usually = stage.process().deployPorts(two).gateResults
  const failing: DeployPorts['gateResults'] = async (digest) =>
    (await usually(digest)).map((result) => ({ ...result, exitCode: result.gate === 'test' ? 1 : 0 }))
  await stopped(stage, two, 'test', { gateResults: failing })
  const overrides = [{ gate: 'test', because: '' }]
  await stopped(stage, two, 'Say why in ten letters or more', { gateResults: failing }, { overrides })
})

test('D7: an alias that traffic does not follow is no rollback', async () => {
  const stage = await stageWith(one, two)
  // Whatever the aliases say, people go on getting the second release.
  stage.probes = (expected) => owedProbes(expected['outreach-api'] === two.manifest.release ? 'kept' : 'broken')
  const before = reached(stage)
  const outcome = await rollback({ ...usual, to: undefined }, stage.process().deployPorts(one))
  expect(outcome).toMatchObject({
    kind: 'stopped',
    reason: expect.stringContaining('What release.expected is about'),
  })
  expect(reached(stage)).toEqual(before)
})

test('D8: every file is there before an alias moves, and Lambda is waited for and not for a while', async () => {
  const stage = await stageWith(one)
  const { calls, deployPorts } = stage.process()
  // A version of code that is still on its way is refused by Lambda: going live at all shows that it was waited for.
  expect(await deploy(usual, deployPorts(two))).toMatchObject({ kind: 'done' })
  const moved = calls.findIndex((call) => call.startsWith('functions.moveAlias'))
  const put = calls.findLastIndex((call) => call.startsWith('assets.put'))
  expect(put).toBeGreaterThan(0)
  expect(moved).toBeGreaterThan(put)
})

test('D9: what only works together goes together and in the right order, and no part of it goes alone', async () => {
  const both = (version: string, speaks: number, accepts: readonly number[]) =>
    tinyArtefact({
      version,
      contracts: {
        'sleep-connect-server': {
          accepts: {},
          speaks: { userContext: { version: speaks, to: ['outreach-server', 'outreach-api-routes'] } },
        },
        'outreach-server': { accepts: { userContext: [...accepts] }, speaks: {} },
        'outreach-api-routes': { accepts: { userContext: [...accepts] }, speaks: {} },
      },
    })
  const stage = await stageWith(both('1.0.0', 1, [1]))
  const next = both('2.0.0', 2, [1, 2])
  await stopped(stage, next, 'sleep-connect-server speaks userContext 2 to', {}, { zone: 'sleepconnect' })
  const { calls, deployPorts } = stage.process()
  expect(await deploy(usual, deployPorts(next))).toMatchObject({ kind: 'done' })
  const moves = calls.filter((call) => call.startsWith('functions.moveAlias'))
  expect(moves.at(-1)).toContain(
    stage.layout.functions.find(({ role }) => role === 'sleep-connect-server')?.functionName,
  )
})

test('D13: secrets that differ stop a release by themselves', async () => {
  const stage = await stageWith(one)
  const reason = 'Host and zone do not read the same user context secret.'
  const { ports }: Process = stage.process()
  const outcome = await stopped(stage, two, reason, {
    release: () => ({ ...ports, secrets: async () => ({ kind: 'bad', reason }) }),
  })
  expect(outcome.kind).toBe('refused')
})

test('D14: nothing goes live in production whose gates were taken out', async () => {
  const stage = memoryStage('production')
  const overrides = ['check', 'test'].map((gate) => ({ gate, because: 'they take too long today' }))
  const given = { stage: 'production', overrides }
  const outcome = await stopped(stage, one, 'gate', { gateResults: async () => [] }, given)
  expect(outcome.kind).toBe('refused')
})

test('D15: while one release is under way no other begins', async () => {
  const stage = await stageWith(one)
  const first = stage.process({ person: 'jane' })
  const second = stage.process({ person: 'joe' })
  const begun = deploy(usual, first.deployPorts(two))
  const outcomes = await Promise.all([begun, deploy(usual, second.deployPorts(one))])
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'refused'])
})

test('S1: a part that reads another signing secret than the host is seen before people see it', async () => {
  const stage = await stageWith(one)
  const flawed = tinyArtefact({ version: '2.0.0', flaws: { 'outreach-api-routes': 'refuses the token' } })
  await stopped(stage, flawed, 'outreach-api-routes answers 401 in place of 200, where it takes a token of the host')
})

test('R11, R12: a guard that was not shipped, or matches nothing, is missed before people see it', async () => {
  const stage = await stageWith(one)
  const open = tinyArtefact({ version: '2.0.0', flaws: { 'outreach-server': 'lets anybody in' } })
  await stopped(
    stage,
    open,
    'outreach-server answers 200 in place of 302 or 303 or 307, where it sends away an expired',
  )
})

test('C5: a function that streams does not go behind a URL that does not', async () => {
  const stage = await stageWith(one)
  functionOf(stage, 'outreach-server').url = { invokeMode: 'BUFFERED', authType: 'AWS_IAM' }
  await stopped(stage, two, 'a URL in mode BUFFERED, and the release needs RESPONSE_STREAM')
})

test('C7: scripts of open tabs stay when the next release comes, and when it is gone back from', async () => {
  const stage = await stageWith(one, two)
  const keys = () => [...(stage.buckets.get('sax-nextjs-us-east-1-develop-outreach-assets')?.keys() ?? [])]
  const scripts = ['1.0.0', '2.0.0'].map((version) => `outreach-static/_next/static/${version}.js`)
  expect(keys()).toEqual(expect.arrayContaining(scripts))
  await rollback({ ...usual, to: undefined }, stage.process().deployPorts(one))
  expect(keys()).toEqual(expect.arrayContaining(scripts))
})

test('S16: going back brings back names of secrets, and nothing that a secret was', async () => {
  const stage = memoryStage()
  for (const fn of stage.functions.values()) {
    fn.latest = { ...fn.latest, variables: { SESSION_SECRET_ID: 'sleepconnect/develop/session' } }
  }
  await deploy(usual, stage.process().deployPorts(one))
  await deploy(usual, stage.process().deployPorts(two))
  const { calls, deployPorts } = stage.process()
  expect(await rollback({ ...usual, to: undefined }, deployPorts(one))).toMatchObject({ kind: 'done' })
  const { versions, alias } = functionOf(stage, 'sleep-connect-server')
  expect(versions.get(alias.version)?.variables).toEqual({ SESSION_SECRET_ID: 'sleepconnect/develop/session' })
  // No setting is written and no value of a secret is read on the way: which one is in use, rotation alone decides.
  expect(calls.filter((call) => /secret|upload|publish/.test(call))).toEqual([])
})
