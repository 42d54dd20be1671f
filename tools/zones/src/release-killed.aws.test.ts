import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { owedAfter, type Whole } from '../test/release/expected-form.ts'
import { type KillableStage, startKillableStage } from '../test/release/killable-stage.ts'
import { type Trial, type Trials, trialsAt } from '../test/release/killed-trial.ts'
import { cutsOf, type PlacedCut, RENEWAL, standingFor } from '../test/release/release-cuts.ts'

/** Two processes are tried at a time, each at a stage of its own: so many cores are there at least. */
const AT_ONCE = 2

let stages: readonly KillableStage[] = []
let trials: readonly Trials[] = []
let wholes: { readonly deploy: Whole; readonly rollback: Whole }

beforeAll(async () => {
  stages = await Promise.all(Array.from({ length: AT_ONCE }, startKillableStage))
  trials = stages.map(trialsAt)
  await Promise.all(trials.map(({ begin }) => begin()))
  const [first] = trials
  if (first === undefined) throw new Error('there is no stage')
  const deploy = await first.run({ command: 'deploy', next: 'same' })
  const rollback = await first.run({ command: 'rollback', next: 'same' })
  expect([deploy.ended, rollback.ended]).toMatchObject([{ code: 0 }, { code: 0 }])
  wholes = { deploy, rollback }
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

test('D11, D15: killed at any step, the next command ends well, and the stage is as if nobody had been killed', {
  timeout: 1_200_000,
}, async () => {
  const left = [...trialsOf('deploy', wholes.deploy.steps), ...trialsOf('rollback', wholes.rollback.steps)]
  expect(left.length).toBeGreaterThan(40)
  const otherwise: string[] = []
  const work = async (at: Trials) => {
    for (let trial = left.shift(); trial !== undefined; trial = left.shift()) {
      otherwise.push(...(await findings(at, trial)))
    }
  }
  await Promise.all(trials.map(work))
  expect(otherwise).toEqual([])
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
  const { killed, ended, form } = await at.run(trial)
  const where = `${command}, killed ${cut.when} ${cut.step} (${cut.turn}), then ${next}`
  const owed = owedAfter(trial, cut, wholes)
  const found: string[] = []
  if (killed?.code !== null) found.push(`${where}: was not killed, but ended with ${killed?.code}: ${killed?.told}`)
  if (ended.code !== 0) found.push(`${where}: ended with ${ended.code}: ${ended.told}`)
  for (const part of Object.keys(owed) as (keyof typeof owed)[]) {
    if (isDeepStrictEqual(form[part], owed[part])) continue
    found.push(`${where}: ${part} is ${JSON.stringify(form[part])}, owed ${JSON.stringify(owed[part])}`)
  }
  return found
}
