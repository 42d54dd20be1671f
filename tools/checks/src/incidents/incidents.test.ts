import { describe, expect, test } from 'vitest'
import type { RunProgram } from '../programs/run-program.ts'
import { stringTree } from '../source/source-tree.ts'
import { parseIncidents } from './incident-list.ts'
import { fromPlaywright } from './playwright-report.ts'
import { runIncidentTests } from './run-incident-tests.ts'
import { standings, unknownIds } from './standing.ts'
import { idsOf, type TestRun } from './test-run.ts'
import { fromVitest } from './vitest-report.ts'

const ranFor = (id: string, status: TestRun['status']): TestRun => ({ ids: [id], name: 'n', file: 'f', status })

describe('the list', () => {
  test('rows are read in their order, anything else is passed over', () => {
    expect(parseIncidents('# A\n| id | x |\n|---|---|\n| R2  | Two.   |\n| C10 | Ten. |\n')).toEqual([
      { id: 'R2', what: 'Two.' },
      { id: 'C10', what: 'Ten.' },
    ])
  })
  test('an id that occurs twice is refused', () => {
    expect(() => parseIncidents('| R2 | a |\n| R2 | b |')).toThrow('an incident id occurs twice')
  })
  test('an empty list is refused', () => {
    expect(() => parseIncidents('')).toThrow('the list of incidents is empty')
  })
})

test.each([
  [['R10: encoded letters are refused'], ['R10']],
  [['R9, R10: nothing passes'], ['R9', 'R10']],
  [['S11 and R9: dropped'], ['S11', 'R9']],
  [['R8: the budget', 'three redirects'], ['R8']],
  [['uploads to S3: fine'], []],
  [['R10 is not named like this'], []],
])('a test called %j is for %j', (titles, ids) => {
  expect(idsOf(titles)).toEqual(ids)
})

test('a row is stopped by a test that passed, and by nothing less', () => {
  const incidents = ['R1', 'R2', 'R3', 'R4'].map((id) => ({ id, what: id }))
  const runs = [ranFor('R1', 'passed'), ranFor('R2', 'not run'), ranFor('R3', 'passed'), ranFor('R3', 'failed')]
  expect(standings(incidents, runs).map(({ incident, state }) => [incident.id, state])).toEqual([
    ['R1', 'stopped'],
    ['R2', 'open'],
    ['R3', 'failed'],
    ['R4', 'open'],
  ])
})

test('a row of something that is not here is told apart from an open one, until a test stages it', () => {
  const incidents = [{ id: 'S13', what: 'a socket' }]
  expect(standings(incidents, []).map(({ state }) => state)).toEqual(['not here'])
  expect(standings(incidents, [ranFor('S13', 'failed')]).map(({ state }) => state)).toEqual(['failed'])
})

test('an id that is not listed is told apart from an open row', () => {
  expect(unknownIds([{ id: 'R1', what: '' }], [ranFor('R1', 'passed'), ranFor('R99', 'passed')])).toEqual(['R99'])
})

test("Vitest's report is read with groups and without tests that carry no id", () => {
  const assertionResults = [
    { ancestorTitles: ['R8: budget'], title: 'third redirect', status: 'passed' },
    { ancestorTitles: [], title: 'C2: cache', status: 'failed' },
    { ancestorTitles: [], title: 'C8: cache', status: 'skipped' },
    { ancestorTitles: [], title: 'adds up', status: 'passed' },
  ]
  expect(fromVitest(JSON.stringify({ testResults: [{ name: '/repo/a.test.ts', assertionResults }] }), '/repo')).toEqual(
    [
      { ids: ['R8'], name: 'third redirect', file: 'a.test.ts', status: 'passed' },
      { ids: ['C2'], name: 'C2: cache', file: 'a.test.ts', status: 'failed' },
      { ids: ['C8'], name: 'C8: cache', file: 'a.test.ts', status: 'not run' },
    ],
  )
})

test.each([
  [['expected'], 'passed'],
  [['expected', 'unexpected'], 'failed'],
  [['flaky'], 'failed'],
  [['skipped'], 'not run'],
  [['skipped', 'expected'], 'passed'],
])("Playwright's %j is %s", (statuses, status) => {
  const spec = { title: 'S5: draft', file: 'a.spec.ts', tests: statuses.map((one) => ({ status: one })) }
  const report = { suites: [{ title: 'a.spec.ts', suites: [{ title: 'group', specs: [spec] }] }] }
  expect(fromPlaywright(JSON.stringify(report))).toEqual([
    { ids: ['S5'], name: 'S5: draft', file: 'a.spec.ts', status },
  ])
})

describe('running', () => {
  const tree = stringTree({ 'apps/a.test.ts': "test('R1: x', f)", 'apps/b.test.ts': "test('adds up', f)" })
  const passing = {
    name: '/repository/apps/a.test.ts',
    assertionResults: [{ ancestorTitles: [], title: 'R1: x', status: 'passed' }],
  }
  const deps = (run: RunProgram, report = JSON.stringify({ testResults: [passing] })) => ({
    tree,
    node: 'node',
    run,
    buildSite: async () => {
      throw new Error('built for nothing')
    },
    readReport: async () => report,
    scratchDir: '/scratch',
  })

  test('only files that mention an incident are run, and no browser without a test for it', async () => {
    const commands: string[][] = []
    const run: RunProgram = async (command) => {
      commands.push([...command])
      return { exitCode: 0, stdout: '', stderr: '' }
    }
    expect(await runIncidentTests(deps(run))).toEqual([
      { ids: ['R1'], name: 'R1: x', file: 'apps/a.test.ts', status: 'passed' },
    ])
    expect(commands.map((command) => command.at(-1))).toEqual(['apps/a.test.ts'])
  })

  test('a test that needs a browser gets a built site and its own runner', async () => {
    const said: string[] = []
    const run: RunProgram = async (command) => {
      said.push(command.slice(1).join(' '))
      return { exitCode: 0, stdout: '', stderr: '' }
    }
    const spec = { title: 'S5: draft', file: 'end.spec.ts', tests: [{ status: 'expected' }] }
    const inBrowser = {
      ...deps(run, JSON.stringify({ suites: [{ title: 'end.spec.ts', specs: [spec] }] })),
      tree: stringTree({ 'e2e/specs/end.spec.ts': "test('S5: draft', f)" }),
      buildSite: async () => said.push('built'),
    }
    expect((await runIncidentTests(inBrowser)).map(({ ids, status }) => [ids, status])).toEqual([[['S5'], 'passed']])
    expect(said).toEqual([
      'built',
      '/repository/node_modules/@playwright/test/cli.js test --config=e2e/playwright.config.ts --reporter=list,json --grep=(^|\\s)[RCSBDA]\\d+:|verify\\.spec\\.ts  specs/end.spec.ts',
    ])
  })

  test('a runner that fails without a failed test proves nothing', async () => {
    const run: RunProgram = async () => ({ exitCode: 1, stdout: '', stderr: 'no PostgreSQL' })
    await expect(runIncidentTests(deps(run))).rejects.toThrow('vitest: no PostgreSQL')
  })

  test('a runner that leaves no readable report proves nothing', async () => {
    const run: RunProgram = async () => ({ exitCode: 0, stdout: '', stderr: 'crashed' })
    await expect(runIncidentTests(deps(run, 'garbage'))).rejects.toThrow('a test runner left no report. crashed')
  })
})
