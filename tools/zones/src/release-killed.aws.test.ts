import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { owedAfter, type Wholes } from '../test/release/expected-form.ts'
import { type KillableStage, LOCK_TTL_SEC, startKillableStage } from '../test/release/killable-stage.ts'
import { type Trial, type Trials, type Tried, trialsAt } from '../test/release/killed-trial.ts'
import { type PruneTrials, pruneTrialsAt } from '../test/release/prune-trial.ts'
import { cutsBetween, cutsOf, type PlacedCut, RENEWAL, standingFor, stepsOf } from '../test/release/release-cuts.ts'

/** So many processes are tried at a time, each at a stage of its own. One in three waits for a lock to run out, and needs no core. */
const AT_ONCE = 3

let stages: readonly KillableStage[] = []
let trials: readonly Trials[] = []
let wholes: Wholes

beforeAll(async () => {
  stages = await Promise.all(Array.from({ length: AT_ONCE }, startKillableStage))
  trials = stages.map(trialsAt)
  await Promise.all(trials.map(({ begin }) => begin()))
  const [first] = trials
  if (first === undefined) throw new Error('there is no stage')
  const whole = async (command: Trial['command']) => {
    const tried = await first.run({ command, next: 'same' })
    expect(tried.ended).toMatchObject({ code: 0 })
    return tried
  }
  wholes = {
    deploy: await whole('deploy'),
    shift: await whole('shift'),
    promote: await whole('promote'),
    rollback: await whole('rollback'),
  }
}, 300_000)
afterAll(() => Promise.all(stages.map(({ close }) => close())))

test('what nobody kills leaves one version of each function, every file, one record and a free lock', () => {
  expect(wholes.deploy.form).toMatchObject({
    aliases: { 'outreach-api': ['fresh'], 'outreach-server': ['fresh'], 'sleep-connect-server': ['fresh'] },
    current: { 'outreach-api': 'fresh', 'files of outreach': 'fresh' },
    previous: { 'outreach-api': 'live', 'files of outreach': 'live' },
    ...{ lock: 'free', work: 'none', records: ['deploy done live > fresh'] },
    fresh: { versions: { 'outreach-migrations': 1, 'outreach-api': 1, 'outreach-server': 1, 'outreach-worker': 1 } },
  })
  expect(wholes.rollback.form).toMatchObject({
    aliases: { 'outreach-api': ['previous'], 'outreach-server': ['previous'] },
    fixedFiles: { 'outreach outreach-static/logo of it.svg': 'previous' },
    ...{ lock: 'free', work: 'none', records: ['rollback done live > previous'] },
  })
})

test('D11, D15: killed at any kind of step, the next command ends well, and the stage is as if nobody had been killed', {
  timeout: 1_200_000,
}, async () => {
  const left = [...trialsOf('deploy', wholes.deploy.steps), ...trialsOf('rollback', wholes.rollback.steps)]
  expect(left.length).toBeGreaterThan(40)
  expect(await allFindings(trials, left, findings)).toEqual([])
})

test('D11, D15: killed while calls are shared, no share is left, whoever goes on and whoever goes back', {
  timeout: 300_000,
}, async () => {
  const { steps } = wholes.shift
  const own = standingFor(
    cutsBetween(steps, ['PutObject work.json switching', 1], ['PutObject outreach file of a fixed name', 1]),
  )
  // From the share to what is written down of it: five moments, of which the second has two versions answering.
  expect(own.map(({ step, when }) => `${when} ${step}`)).toContain('after UpdateAlias outreach-api')
  const left = own.map((cut, index): CutTrial => ({ command: 'shift', cut, next: index % 2 === 0 ? 'same' : 'other' }))
  const shared = left.filter(({ cut }) => cut.step === 'UpdateAlias outreach-api')
  const otherWay = shared.map((one): CutTrial => ({ ...one, next: one.next === 'same' ? 'other' : 'same' }))
  expect(await allFindings(trials, [...left, ...otherWay], findings)).toEqual([])
})

test('D14, D15: killed while it is promoted, the same bytes come with the same proof, or nothing does', {
  timeout: 300_000,
}, async () => {
  const { steps } = wholes.promote
  // What it does as a deploy does is tried above: here, what it brings with it, and the first moment that people see.
  const proof = cutsBetween(steps, ['PutObject artefact manifest', 1], ['PutObject gate', 5])
  const seen = cutsBetween(steps, ['UpdateAlias outreach-api', 1], ['UpdateAlias outreach-api', 1])
  const left = [...standingFor(proof), ...standingFor(seen)].map(
    (cut, index): CutTrial => ({ command: 'promote', cut, next: index % 2 === 0 ? 'same' : 'other' }),
  )
  expect(await allFindings(trials, left, findings)).toEqual([])
})

test('Ctrl-C once the last alias has moved puts everything back, and ends with 2', async () => {
  const [at] = trials
  const last = wholes.deploy.steps.findLast((step) => step.startsWith('UpdateAlias')) ?? ''
  const cut = { step: last, turn: 1, when: 'after', signal: 'SIGINT' } as const
  const tried = await at?.run({ command: 'deploy', cut, next: 'none' })
  expect(tried).toMatchObject({
    ended: { code: 2, told: expect.stringContaining('Interrupted.\nEverything was put back') },
    form: {
      aliases: { 'outreach-api': ['live'], 'outreach-server': ['live'], 'sleep-connect-server': ['live'] },
      ...{ lock: 'free', work: 'none', records: ['deploy undone live > fresh'] },
    },
  })
})

test('C7, D15: killed at any kind of step of pruning, nothing is gone that a kept release names, and the same command ends it', {
  timeout: 600_000,
}, async () => {
  const pruning = stages.map(pruneTrialsAt)
  await Promise.all(pruning.map(({ begin }) => begin()))
  const whole = await pruning[0]?.run()
  expect(whole).toMatchObject({ ended: { code: 0 }, gone: 1, lost: [], stayed: [], states: ['free', 'none'] })
  const steps = stepsOf(whole?.steps ?? [])
  for (const step of [
    'DeleteFunction outreach-api',
    'DeleteObject outreach hashed file',
    'DeleteObject artefact file',
  ]) {
    expect(steps).toContain(step)
  }
  expect(await allFindings(pruning, [...standingFor(cutsOf(steps))], pruneFindings)).toEqual([])
})

/** Tries all of `left`, at as many stages at a time as there are. */
async function allFindings<At, One>(
  stagesOfTrials: readonly At[],
  left: One[],
  tryOne: (at: At, one: One) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found: string[] = []
  const work = async (at: At) => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) found.push(...(await tryOne(at, one)))
  }
  await Promise.all(stagesOfTrials.map(work))
  return found
}

type CutTrial = Trial & { readonly cut: PlacedCut }

/** Each cut once, followed by the same command or by the other one in turn. The first renewal is a cut as well. */
function trialsOf(command: Trial['command'], steps: readonly string[]): readonly CutTrial[] {
  const renewal: PlacedCut = { step: RENEWAL, turn: 1, when: 'after', carriedOut: 1 }
  const cuts = standingFor(cutsOf(steps)).map(
    (cut, index): CutTrial => ({ command, cut, next: Math.floor(index / 2) % 2 === 0 ? 'same' : 'other' }),
  )
  return [...cuts, { command, cut: renewal, next: 'same' }]
}

/** How what a trial came to differs from what is owed. */
async function findings(at: Trials, trial: CutTrial): Promise<readonly string[]> {
  const { command, cut, next } = trial
  const { killed, ended, form, tookOverAfterMs } = await at.run(trial)
  const where = `${command}, killed ${cut.when} ${cut.step} (${cut.turn}), then ${next}`
  const owed = owedAfter(trial, cut, wholes)
  const found = [...endings(where, { killed, ended, tookOverAfterMs })]
  for (const part of Object.keys(owed) as (keyof typeof owed)[]) {
    if (isDeepStrictEqual(form[part], owed[part])) continue
    found.push(`${where}: ${part} is ${JSON.stringify(form[part])}, owed ${JSON.stringify(owed[part])}`)
  }
  return found
}

async function pruneFindings(at: PruneTrials, cut: PlacedCut): Promise<readonly string[]> {
  const { gone, lost, stayed, states, ...ends } = await at.run(cut)
  const where = `prune, killed ${cut.when} ${cut.step} (${cut.turn})`
  const found = [...endings(where, ends)]
  if (gone !== 1) found.push(`${where}: ${gone} artefacts are gone`)
  if (lost.length > 0) found.push(`${where}: kept releases name what is not there: ${lost.join(', ')}`)
  if (stayed.length > 0) found.push(`${where}: what nobody names is there: ${stayed.join(', ')}`)
  if (states.join() !== 'free,none') found.push(`${where}: lock and journal are ${states.join(' and ')}`)
  return found
}

/** The first command was killed, the next one ended well, and had the lock no sooner than it may. */
function endings(
  where: string,
  { killed, ended, tookOverAfterMs }: Pick<Tried, 'killed' | 'ended' | 'tookOverAfterMs'>,
): readonly string[] {
  const isEarly = tookOverAfterMs !== undefined && tookOverAfterMs < LOCK_TTL_SEC * 1000
  return [
    ...(killed?.code === null ? [] : [`${where}: was not killed, but ended with ${killed?.code}: ${killed?.told}`]),
    ...(ended.code === 0 ? [] : [`${where}: ended with ${ended.code}: ${ended.told}`]),
    ...(isEarly ? [`${where}: the lock was taken over after ${Math.round(tookOverAfterMs)} ms`] : []),
  ]
}
