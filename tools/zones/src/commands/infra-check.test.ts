import { expect, test } from 'vitest'
import { develop, noColours, quietProgress, retained, stackOf, templateOf } from '../../test/infra/fakes.ts'
import type { InfraCheckPorts, RanProgram } from '../infra/check-ports.ts'
import { infraBaseline } from './infra-baseline.ts'
import { infraCheck } from './infra-check.ts'

const queue = (seconds: number) =>
  templateOf({ Outbox: retained('AWS::SQS::Queue', { QueueName: 'outbox', VisibilityTimeout: seconds }) })
const renamed = templateOf({ Outbox: retained('AWS::SQS::Queue', { QueueName: 'outgoing', VisibilityTimeout: 30 }) })

const good: Readonly<Record<string, RanProgram>> = {
  synthesis: { exitCode: 0, stdout: 'infra/cdk.out/a.template.json\ninfra/cdk.out/b.template.json\n', stderr: '' },
  version: { exitCode: 0, stdout: 'cfn-lint 1.51.0', stderr: '' },
  lint: { exitCode: 0, stdout: '[]', stderr: '' },
  tests: { exitCode: 0, stdout: '', stderr: '' },
}
const files: Readonly<Record<string, unknown>> = {
  'infra/cdk.out/validation-report.json': { pluginReports: [{ violations: [], suppressedViolations: [{}, {}] }] },
  'infra/cdk.out/manifest.json': { artifacts: { a: { properties: { templateFile: 'a.template.json' } }, tree: {} } },
  '/scratch/assertions.json': { numPassedTests: 12, numFailedTests: 0, testResults: [] },
}

function ports(
  programs: Partial<typeof good> = {},
  changed: Readonly<Record<string, unknown>> = {},
  more: Partial<InfraCheckPorts> = {},
) {
  const ran: string[] = []
  const progress = quietProgress()
  const all: InfraCheckPorts = {
    stages: ['develop'],
    facts: () => ({ kind: 'none', shown: 'x' }),
    exampleFacts: () => develop,
    templates: () => [stackOf('backend', queue(30))],
    baseline: () => ({ accountId: develop.accountId, routing: 'host', template: queue(30) }),
    run: async (program, args) => {
      ran.push([program, ...args].join(' '))
      const which =
        program === 'cfn-lint'
          ? args[0] === '--version'
            ? 'version'
            : 'lint'
          : args[0] === 'infra/src/main.ts'
            ? 'synthesis'
            : 'tests'
      return programs[which] ?? (good[which] as RanProgram)
    },
    node: '/node',
    scratch: '/scratch',
    read: (path) => JSON.stringify({ ...files, ...changed }[path]),
    lint: async () => ({ kind: 'done', text: '' }),
    lintExceptions: [{ check: 'E3690', place: /^DatabaseCluster\.EngineVersion$/, why: 'too old' }],
    isBuildMachine: false,
    progress,
    nowMs: () => 0,
    palette: noColours,
    ...more,
  }
  return { all, ran, said: progress.said }
}

test('when everything is good it says so, with what was looked at', async () => {
  const { all, said, ran } = ports()
  expect(await infraCheck(all)).toEqual({ kind: 'done', text: 'The infrastructure may be applied as it is (0.0 s).' })
  expect(said).toEqual([
    '✔ Templates of every stage, HIPAA pack: 2 templates, 0 findings, 2 acknowledged with a reason',
    '✔ cfn-lint: 1 templates, 0 findings, 0 excepted with a reason',
    '✔ zones lint over the templates: every path has its owner',
    '✔ Changes against the baselines: 1 stacks, 0 with changes, none removes or replaces',
    '✔ Assertions about the templates: 12 hold, 0 do not',
  ])
  // Only the tests beside the CDK app: a filter by word would take this very test along, and so on for ever.
  expect(ran.find((one) => one.includes('vitest'))).toMatch(/ infra\/src\/$/)
})

const finding = (check: string, path: readonly string[]) =>
  JSON.stringify([{ Filename: 'a', Message: 'wrong', Rule: { Id: check }, Location: { Path: path } }])

test.each<[what: string, given: ReturnType<typeof ports>, says: RegExp]>([
  ['a synthesis that fails', ports({ synthesis: { exitCode: 1, stdout: '', stderr: 'not_hosted' } }), /not_hosted/],
  ['a synthesis that makes nothing', ports({ synthesis: { exitCode: 0, stdout: '', stderr: '' } }), /1 of 5/],
  [
    'a finding of the HIPAA pack',
    ports({}, { 'infra/cdk.out/validation-report.json': { pluginReports: [{ violations: [{}] }] } }),
    /nobody has answered for/,
  ],
  [
    'a finding of cfn-lint',
    ports({
      lint: { exitCode: 2, stdout: finding('E3002', ['Resources', 'Files', 'Properties', 'Tags']), stderr: '' },
    }),
    /a: E3002 Resources\.Files\.Properties\.Tags: wrong/,
  ],
  [
    'an exception in another place',
    ports({
      lint: {
        exitCode: 2,
        stdout: finding('E3690', ['Resources', 'Other', 'Properties', 'EngineVersion']),
        stderr: '',
      },
    }),
    /E3690/,
  ],
  ['a cfn-lint that breaks', ports({ lint: { exitCode: 1, stdout: 'Traceback', stderr: 'broken' } }), /broken/],
  [
    'a path without an owner',
    ports({}, {}, { lint: async () => ({ kind: 'failed', text: 'api-bypass', reason: '1 finding' }) }),
    /api-bypass/,
  ],
  [
    'a replacement',
    ports({}, {}, { templates: () => [stackOf('backend', renamed)] }),
    /refused Outbox \(SQS::Queue\): it would be replaced/,
  ],
  [
    'a baseline that is behind',
    ports({}, {}, { templates: () => [stackOf('backend', queue(60))] }),
    /is behind\. Bring it along: npx zones infra baseline/,
  ],
  ['a baseline that is missing', ports({}, {}, { baseline: () => undefined }), /is missing/],
  [
    'an assertion that does not hold',
    ports(
      { tests: { exitCode: 1, stdout: '', stderr: '' } },
      {
        '/scratch/assertions.json': {
          numPassedTests: 11,
          numFailedTests: 1,
          testResults: [{ assertionResults: [{ status: 'failed', fullName: 'R6: union', failureMessages: ['no'] }] }],
        },
      },
    ),
    /R6: union/,
  ],
  ['tests that break outside of any test', ports({ tests: { exitCode: 1, stdout: '', stderr: '' } }), /1 of 5/],
  [
    'tests without a report',
    ports({ tests: { exitCode: 1, stdout: '', stderr: 'no such file' } }, { '/scratch/assertions.json': undefined }),
    /no such file/,
  ],
  [
    'no test at all',
    ports({}, { '/scratch/assertions.json': { numPassedTests: 0, numFailedTests: 0, testResults: [] } }),
    /1 of 5/,
  ],
  [
    'a missing cfn-lint on a build machine',
    ports({ version: { exitCode: null, stdout: '', stderr: 'ENOENT' } }, {}, { isBuildMachine: true }),
    /not installed/,
  ],
])('%s is bad', async (_what, { all }, says) => {
  const outcome = await infraCheck(all)
  expect(outcome.kind).toBe('failed')
  expect(`${(outcome as { text: string }).text}\n${(outcome as { reason: string }).reason}`).toMatch(says)
})

test('an excepted finding is good', async () => {
  const { all } = ports({
    lint: {
      exitCode: 2,
      stdout: finding('E3690', ['Resources', 'DatabaseCluster', 'Properties', 'EngineVersion']),
      stderr: '',
    },
  })
  expect((await infraCheck(all)).kind).toBe('done')
})

test('a missing cfn-lint on a laptop is left out by name', async () => {
  const { all } = ports({ version: { exitCode: null, stdout: '', stderr: 'ENOENT' } })
  expect(await infraCheck(all)).toMatchObject({
    kind: 'done',
    text: expect.stringContaining('Left out: cfn-lint is not installed'),
  })
})

test('a stage that is applied may be ahead of its baseline, and still replaces nothing', async () => {
  const facts = () => ({ kind: 'facts', facts: develop, shown: 'x' }) as const
  expect((await infraCheck(ports({}, {}, { facts, templates: () => [stackOf('backend', queue(60))] }).all)).kind).toBe(
    'done',
  )
  expect((await infraCheck(ports({}, {}, { facts, templates: () => [stackOf('backend', renamed)] }).all)).kind).toBe(
    'failed',
  )
})

test('wrong facts are told before anything runs', async () => {
  const { all, ran } = ports({}, {}, { facts: () => ({ kind: 'wrong', why: 'accountId: twelve digits', shown: 'x' }) })
  expect(await infraCheck(all)).toMatchObject({ kind: 'bad-input' })
  expect(ran).toEqual([])
})

test('the baseline goes along with what may be applied, and with nothing else', () => {
  const written: unknown[] = []
  const writing = (more: Partial<InfraCheckPorts>) => ({
    ...ports({}, {}, more).all,
    writeBaseline: (_stage: string, _part: string, baseline: unknown) => {
      written.push(baseline)
      return 'written'
    },
  })
  expect(infraBaseline(writing({ templates: () => [stackOf('backend', renamed)] }))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('delete the baseline by hand'),
  })
  expect(
    infraBaseline(
      writing({
        facts: () => ({ kind: 'facts', facts: develop, shown: 'x' }),
        templates: () => [stackOf('backend', queue(60))],
      }),
    ),
  ).toEqual({ kind: 'done', text: 'Every baseline is as its template.' })
  expect(written).toEqual([])
  expect(infraBaseline(writing({ templates: () => [stackOf('backend', queue(60))] }))).toEqual({
    kind: 'done',
    text: 'Written: written',
  })
  expect(written).toEqual([{ accountId: develop.accountId, routing: 'host', template: queue(60) }])
})
